import {
  createDOMRenderer,
  FluentProvider,
  makeStyles,
  RendererProvider,
  Spinner,
  tokens,
} from '@fluentui/react-components';
import { useEffect } from 'react';
import { IntlProvider } from 'react-intl';
import type { SettingsView } from '../preload/contract/views.ts';
import { AppShell } from './components/app-shell.tsx';
import { ErrorBoundary } from './components/error-boundary.tsx';
import { ErrorNotice } from './components/error-notice.tsx';
import { darkTheme, lightTheme } from './components/theme.ts';
import { useDarkMode } from './components/use-dark-mode.ts';
import { LockScreen } from './screens/people/lock-screen.tsx';
import { ReportDialog } from './screens/report/report-dialog.tsx';
import { useMirrorStore } from './stores/mirror-store.ts';
import { catalogues, effectiveLocale } from './text/messages.ts';

// The content security policy allows style elements with this page's nonce only. Reading the attribute gives '': the
// browser hides it, the property has it.
const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';
const renderer = createDOMRenderer(document, { styleElementAttributes: { nonce } });

const useStyles = makeStyles({
  ground: { height: '100%', backgroundColor: tokens.colorNeutralBackground3 },
  middle: { height: '100%', display: 'grid', placeItems: 'center', padding: '32px' },
});

/** Settings until main has told them: the browser's own language, the system's theme. */
const firstSettings: SettingsView = {
  languageChoice: 'system',
  themeChoice: 'system',
  formatChoice: 'system',
  language: navigator.language.startsWith('fr') ? 'fr' : 'en',
  formatLocale: navigator.language,
  notifications: true,
  stayInTray: false,
  startAtLogin: false,
  canStartAtLogin: false,
};

export function App() {
  return (
    <RendererProvider renderer={renderer} targetDocument={document}>
      <Ground />
    </RendererProvider>
  );
}

/** Below the provider, since what uses styles above it would write them without the nonce. */
function Ground() {
  const ready = useMirrorStore((state) => state.mirror !== null);
  const failure = useMirrorStore((state) => state.failure);
  const door = useMirrorStore((state) => state.door);
  const settings = useMirrorStore((state) => state.mirror?.settings ?? state.door?.settings ?? firstSettings);
  const dark = useDarkMode(settings.themeChoice);
  const styles = useStyles();
  const { language } = settings;

  useEffect(() => {
    document.documentElement.lang = language;
    document.documentElement.style.colorScheme = dark ? 'dark' : 'light';
  }, [language, dark]);

  return (
    <FluentProvider theme={dark ? darkTheme : lightTheme} style={{ height: '100%' }}>
      <IntlProvider
        locale={effectiveLocale(language, settings.formatLocale)}
        defaultLocale="en"
        messages={catalogues[language]}
      >
        {/* Not on the provider itself: its classes go to every portal too. */}
        <div className={styles.ground}>
          {ready ? (
            <ErrorBoundary what="window">
              <AppShell />
            </ErrorBoundary>
          ) : door !== null ? (
            <LockScreen door={door} />
          ) : (
            <div className={styles.middle}>
              {failure === null ? (
                <Spinner size="large" />
              ) : (
                <ErrorNotice error={failure} actions={{ retry: () => window.location.reload() }} />
              )}
            </div>
          )}
          <ReportDialog />
        </div>
      </IntlProvider>
    </FluentProvider>
  );
}
