import { makeStyles, Text, tokens } from '@fluentui/react-components';
import { useEffect } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import { Page } from '../../components/page.tsx';
import { Section } from '../../components/section.tsx';
import { useMirror } from '../../stores/mirror-store.ts';
import { useMay } from '../../stores/rights.ts';
import { useUiStore } from '../../stores/ui-store.ts';
import type { MessageKey } from '../../text/messages.ts';
import { SetUpSection } from '../set-up/set-up-section.tsx';
import { AppearanceSection } from './appearance-section.tsx';
import { BackgroundSection } from './background-section.tsx';
import { EverythingSection } from './everything-section.tsx';
import { ForgetSection } from './forget-section.tsx';
import { KeptSection } from './kept-section.tsx';
import { NeverMailSection } from './never-mail-section.tsx';
import { NotificationsSection } from './notifications-section.tsx';
import { PeopleSection } from './people-section.tsx';
import { SettingsNav } from './settings-nav.tsx';
import { SystemRefreshSection } from './system-refresh-section.tsx';

const useStyles = makeStyles({
  columns: { display: 'grid', gridTemplateColumns: '176px minmax(0, 760px)', gap: '24px' },
  stack: { display: 'flex', flexDirection: 'column', gap: '16px', minWidth: 0 },
  quiet: { color: tokens.colorNeutralForeground2 },
});

/** Parts by the anchor that leads to each; those about everything that is kept are the administrators'. */
const parts: readonly { readonly anchor: string; readonly title: MessageKey; readonly forAll: boolean }[] = [
  { anchor: 'settings-appearance', title: 'settings.appearance', forAll: true },
  { anchor: 'settings-running', title: 'settings.running', forAll: true },
  { anchor: 'people', title: 'people.title', forAll: true },
  { anchor: 'settings-never-mail', title: 'never-mail.title', forAll: true },
  { anchor: 'settings-set-up', title: 'set-up.title', forAll: false },
  { anchor: 'settings-kept', title: 'kept.title', forAll: false },
  { anchor: 'settings-forget', title: 'forget.title', forAll: false },
  { anchor: 'settings-everything', title: 'everything.title', forAll: false },
  { anchor: 'settings-about', title: 'settings.about', forAll: true },
];

export function SettingsScreen() {
  const intl = useIntl();
  const styles = useStyles();
  const mayStop = useMay('neverMail.list');
  const version = useMirror((mirror) => mirror.appVersion);
  const isAdministrator = useMirror((mirror) => mirror.person.role === 'administrator');
  useEffect(() => {
    const { settingsPart } = useUiStore.getState();
    if (settingsPart !== null) document.getElementById(settingsPart)?.scrollIntoView({ block: 'start' });
  }, []);
  return (
    <Page title={intl.formatMessage({ id: 'settings.title' })}>
      <div className={styles.columns}>
        <SettingsNav
          parts={parts
            .filter(
              ({ anchor, forAll }) => (forAll || isAdministrator) && (mayStop || anchor !== 'settings-never-mail'),
            )
            .map(({ anchor, title }) => ({ anchor, title: intl.formatMessage({ id: title }) }))}
        />
        <div className={styles.stack}>
          <AppearanceSection anchor="settings-appearance" />
          <div className={styles.stack} id="settings-running">
            <SystemRefreshSection />
            <BackgroundSection />
            <NotificationsSection />
          </div>
          <PeopleSection />
          {mayStop && (
            <div id="settings-never-mail">
              <NeverMailSection />
            </div>
          )}
          {isAdministrator && (
            <>
              <SetUpSection anchor="settings-set-up" />
              <KeptSection anchor="settings-kept" />
              <ForgetSection anchor="settings-forget" />
              <EverythingSection anchor="settings-everything" />
            </>
          )}
          <Section title={<FormattedMessage id="settings.about" />} anchor="settings-about">
            <Text className={styles.quiet}>
              <FormattedMessage id="settings.version" values={{ version }} />
            </Text>
          </Section>
        </div>
      </div>
    </Page>
  );
}
