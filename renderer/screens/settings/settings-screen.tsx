import { Field, makeStyles, Radio, RadioGroup, Text, tokens } from '@fluentui/react-components';
import { FormattedMessage, useIntl } from 'react-intl';
import type { SettingsView } from '../../../preload/contract/views.ts';
import { call } from '../../bridge/client.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Page } from '../../components/page.tsx';
import { Section } from '../../components/section.tsx';
import { useAction } from '../../components/use-action.ts';
import { useMirror } from '../../stores/mirror-store.ts';
import { BackgroundSection } from './background-section.tsx';
import { LanguageSwitch } from './language-switch.tsx';
import { NeverMailSection } from './never-mail-section.tsx';
import { NotificationsSection } from './notifications-section.tsx';
import { SystemRefreshSection } from './system-refresh-section.tsx';

const useStyles = makeStyles({
  stack: { display: 'flex', flexDirection: 'column', gap: '16px' },
  quiet: { color: tokens.colorNeutralForeground2 },
});

export function SettingsScreen() {
  const intl = useIntl();
  const styles = useStyles();
  const themeChoice = useMirror((mirror) => mirror.settings.themeChoice);
  const version = useMirror((mirror) => mirror.appVersion);
  const change = useAction(async (choice: SettingsView['themeChoice']) => {
    await call('settings.change', { themeChoice: choice });
  });
  return (
    <Page title={intl.formatMessage({ id: 'settings.title' })} narrow>
      <div className={styles.stack}>
        <Section title={<FormattedMessage id="settings.appearance" />}>
          <div className={styles.stack}>
            <LanguageSwitch />
            <Field label={intl.formatMessage({ id: 'settings.theme' })}>
              <RadioGroup
                layout="horizontal"
                value={themeChoice}
                onChange={(_, data) => void change.run(data.value as SettingsView['themeChoice'])}
              >
                <Radio value="system" label={<FormattedMessage id="settings.theme.system" />} />
                <Radio value="light" label={<FormattedMessage id="settings.theme.light" />} />
                <Radio value="dark" label={<FormattedMessage id="settings.theme.dark" />} />
              </RadioGroup>
              <ErrorNotice error={change.error} />
            </Field>
          </div>
        </Section>
        <SystemRefreshSection />
        <BackgroundSection />
        <NotificationsSection />
        <NeverMailSection />
        <Section title={<FormattedMessage id="settings.about" />}>
          <Text className={styles.quiet}>
            <FormattedMessage id="settings.version" values={{ version }} />
          </Text>
        </Section>
      </div>
    </Page>
  );
}
