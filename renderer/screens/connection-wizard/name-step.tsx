import type { ComponentProps } from 'react';
import { FormattedMessage } from 'react-intl';
import { Section } from '../../components/section.tsx';
import { AccessFields } from '../connections/access-fields.tsx';
import { StepTitle } from './step-title.tsx';

/** What the connection is called and who may use it. */
export function NameStep(props: ComponentProps<typeof AccessFields>) {
  return (
    <Section
      title={
        <StepTitle number={1} done={props.displayName.trim() !== ''}>
          <FormattedMessage id="connection.step.name" />
        </StepTitle>
      }
    >
      <AccessFields {...props} />
    </Section>
  );
}
