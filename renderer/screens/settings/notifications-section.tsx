import { Switch } from '@fluentui/react-components';
import { FormattedMessage, useIntl } from 'react-intl';
import { call } from '../../bridge/client.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Section } from '../../components/section.tsx';
import { useAction } from '../../components/use-action.ts';
import { useMirror } from '../../stores/mirror-store.ts';

/** Whether the system's notifications tell how a run ended while the person looked elsewhere. */
export function NotificationsSection() {
  const intl = useIntl();
  const notifications = useMirror((mirror) => mirror.settings.notifications);
  const change = useAction(async (on: boolean) => {
    await call('settings.change', { notifications: on });
  });
  return (
    <Section
      title={<FormattedMessage id="settings.notifications" />}
      description={<FormattedMessage id="settings.notifications.hint" />}
    >
      <Switch
        checked={notifications}
        label={intl.formatMessage({ id: 'settings.notifications.show' })}
        onChange={(_, data) => void change.run(data.checked)}
      />
      <ErrorNotice error={change.error} />
    </Section>
  );
}
