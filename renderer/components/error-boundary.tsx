import { Button, makeStyles, Text, Title2, tokens } from '@fluentui/react-components';
import { Component, type ReactNode } from 'react';
import { FormattedMessage } from 'react-intl';
import { call } from '../bridge/client.ts';
import { noteFailure } from '../bridge/note-failure.ts';
import { navigate } from '../stores/draft-store.ts';
import { showReport } from '../stores/report-store.ts';

const useStyles = makeStyles({
  page: { height: '100%', overflow: 'auto', boxSizing: 'border-box', padding: '48px 24px' },
  inner: { maxWidth: '640px', margin: '0 auto', display: 'flex', flexDirection: 'column', gap: '16px' },
  title: { margin: 0 },
  text: { color: tokens.colorNeutralForeground2 },
  buttons: { display: 'flex', flexWrap: 'wrap', gap: '8px' },
});

/** Loads the page again at its beginning: what it was doing is not gone back to. */
async function startAfresh(): Promise<void> {
  await call('app.keepPlace', { unsaved: false, place: null }).catch(() => undefined);
  window.location.reload();
}

interface FailedProps {
  /** `window` when nothing of it could be drawn. */
  readonly what: 'screen' | 'window';
  readonly onRetry: () => void;
}

function Failed({ what, onRetry }: FailedProps) {
  const styles = useStyles();
  // Where nothing else is left, this is what the window is about.
  const Place = what === 'window' ? 'main' : 'div';
  return (
    <Place className={styles.page}>
      <div className={styles.inner} role="alert">
        <Title2 as="h1" className={styles.title}>
          <FormattedMessage id="failed.title" />
        </Title2>
        <Text className={styles.text}>
          <FormattedMessage id="failed.text" />
        </Text>
        <div className={styles.buttons}>
          <Button appearance="primary" onClick={onRetry}>
            <FormattedMessage id="failed.retry" />
          </Button>
          {what === 'screen' && (
            <Button onClick={() => navigate({ name: 'exports' })}>
              <FormattedMessage id="failed.exports" />
            </Button>
          )}
          <Button onClick={showReport}>
            <FormattedMessage id="report.save" />
          </Button>
          <Button onClick={() => void startAfresh()}>
            <FormattedMessage id="failed.afresh" />
          </Button>
        </div>
      </div>
    </Place>
  );
}

interface ErrorBoundaryProps {
  readonly what: FailedProps['what'];
  readonly children: ReactNode;
}

/** What cannot be drawn says so and offers a way on; the rest of the window stays as it is. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, { readonly failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override componentDidCatch(thrown: unknown): void {
    noteFailure('screen', thrown);
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    return <Failed what={this.props.what} onRetry={() => this.setState({ failed: false })} />;
  }
}
