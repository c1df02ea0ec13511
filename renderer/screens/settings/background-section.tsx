import { FormattedMessage } from 'react-intl';
import { BackgroundFields } from '../../components/schedule/background-fields.tsx';
import { Section } from '../../components/section.tsx';

/** Whether Segue stays when its window is closed, and is there when the computer starts. */
export function BackgroundSection() {
  return (
    <Section anchor="background" title={<FormattedMessage id="background.title" />}>
      <BackgroundFields />
    </Section>
  );
}
