import { makeStyles, Text, tokens, useFocusFinders } from '@fluentui/react-components';
import { FormattedMessage } from 'react-intl';
import { call } from '../bridge/client.ts';
import { ConnectionWizard } from '../screens/connection-wizard/connection-wizard.tsx';
import { RenewConnection } from '../screens/connection-wizard/renew-connection.tsx';
import { ConnectionsScreen } from '../screens/connections/connections-screen.tsx';
import { DropOverlay } from '../screens/export/drop-overlay.tsx';
import { ExportScreen } from '../screens/export/export-screen.tsx';
import { LargeExportDialog } from '../screens/export/large-export-dialog.tsx';
import { LeaveDialog } from '../screens/export/leave-dialog.tsx';
import { PermissionDialog } from '../screens/export/permission-dialog.tsx';
import { ExportsScreen } from '../screens/exports/exports-screen.tsx';
import { ViewExport } from '../screens/exports/view-export.tsx';
import { ManyExportsScreen } from '../screens/many-exports/many-exports-screen.tsx';
import { SeveralFilesDialog } from '../screens/many-exports/several-files-dialog.tsx';
import { MendedDialog } from '../screens/mended/mended-dialog.tsx';
import { ChangesScreen } from '../screens/people/changes-screen.tsx';
import { OwnPasswordDialog } from '../screens/people/own-password.tsx';
import { PasswordQuestion } from '../screens/people/password-question.tsx';
import { RunScreen } from '../screens/run/run-screen.tsx';
import { RunsScreen } from '../screens/runs/runs-screen.tsx';
import { SegmentsScreen } from '../screens/segments/segments-screen.tsx';
import { SetUpDialog } from '../screens/set-up/set-up-dialog.tsx';
import { SettingsScreen } from '../screens/settings/settings-screen.tsx';
import { WelcomeScreen } from '../screens/welcome/welcome-screen.tsx';
import { useMirror } from '../stores/mirror-store.ts';
import { useMay } from '../stores/rights.ts';
import { useUiStore } from '../stores/ui-store.ts';
import { BrandMark } from './brand-mark.tsx';
import { ErrorBoundary } from './error-boundary.tsx';
import { NavRail } from './nav-rail.tsx';
import { PersonLabel } from './person-label.tsx';
import { RunIndicator } from './run-indicator.tsx';
import { useWindowFocus } from './use-window-focus.ts';

const useStyles = makeStyles({
  shell: { display: 'grid', gridTemplateRows: '48px minmax(0, 1fr)', height: '100%' },
  header: {
    display: 'flex',
    alignItems: 'center',
    gap: '10px',
    padding: '0 20px',
    backgroundColor: tokens.colorNeutralBackground1,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  name: { fontWeight: tokens.fontWeightSemibold, fontSize: tokens.fontSizeBase400, letterSpacing: '0.01em' },
  grow: { flex: '1 1 auto' },
  body: { display: 'grid', gridTemplateColumns: 'auto minmax(0, 1fr)', minHeight: 0 },
  main: { minWidth: 0, minHeight: 0, gridColumn: '2' },
});

function CurrentScreen() {
  const view = useUiStore((state) => state.view);
  const firstLaunch = useMirror((mirror) => mirror.connections.length === 0 && mirror.exports.length === 0);
  switch (view.name) {
    case 'exports':
      return firstLaunch ? <WelcomeScreen /> : <ExportsScreen />;
    case 'connections':
      return <ConnectionsScreen />;
    case 'runs':
      return <RunsScreen />;
    case 'segments':
      return <SegmentsScreen />;
    case 'settings':
      return <SettingsScreen />;
    case 'changes':
      return <ChangesScreen />;
    case 'new-connection':
      return <ConnectionWizard key={view.kind} kind={view.kind} />;
    case 'sign-in-again':
      return <RenewConnection key={view.connectionId} connectionId={view.connectionId} back={view.back} />;
    case 'export':
      return <ExportScreen />;
    case 'many-exports':
      return <ManyExportsScreen />;
    case 'view-export':
      return <ViewExport exportId={view.exportId} />;
    case 'run':
      return <RunScreen key={view.runId} runId={view.runId} />;
  }
}

/** The frame around every screen: header, navigation, the screen, and what may lie over any of them. */
export function AppShell() {
  const styles = useStyles();
  const viewName = useUiStore((state) => state.view.name);
  // Keeps Fluent UI's keeper of the focus alive: when its last user goes together with a dialog, it is thrown away
  // before it has shown the page to screen readers again.
  useFocusFinders();
  // Files may have been written anew meanwhile. What goes wrong here is told when the file is read.
  const mayLook = useMay('segments.lookForChanges');
  useWindowFocus(() => mayLook && void call('segments.lookForChanges', {}).catch(() => undefined));
  return (
    <div className={styles.shell}>
      <header className={styles.header}>
        <BrandMark size={24} />
        <Text className={styles.name}>
          <FormattedMessage id="app.name" />
        </Text>
        <span className={styles.grow} />
        <RunIndicator />
        <PersonLabel />
      </header>
      <div className={styles.body}>
        <NavRail />
        <main className={styles.main}>
          <ErrorBoundary key={viewName} what="screen">
            <CurrentScreen />
          </ErrorBoundary>
        </main>
      </div>
      <LeaveDialog />
      <LargeExportDialog />
      <PermissionDialog />
      <SeveralFilesDialog />
      <MendedDialog />
      <SetUpDialog />
      <OwnPasswordDialog />
      <PasswordQuestion />
      <DropOverlay />
    </div>
  );
}
