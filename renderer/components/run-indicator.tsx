import { Button, Spinner } from '@fluentui/react-components';
import { KeyRegular } from '@fluentui/react-icons';
import { FormattedMessage } from 'react-intl';
import { navigate } from '../stores/draft-store.ts';
import { useMirror } from '../stores/mirror-store.ts';
import { isActive, waitsForSignIn } from '../stores/run-order.ts';
import { useUiStore } from '../stores/ui-store.ts';
import { share } from '../text/format.ts';
import { useFormat } from '../text/use-format.ts';

/** Says in every screen that a run is under way, and leads to it. */
export function RunIndicator() {
  const format = useFormat();
  const run = useMirror((mirror) => Object.values(mirror.runs).find(isActive));
  const shown = useUiStore((state) => (state.view.name === 'run' ? state.view.runId : null));
  if (run === undefined || run.runId === shown) return null;
  const waits = waitsForSignIn(run);
  const done = share(run.progress.rowsSettled, run.progress.rowsToSend);
  return (
    <Button
      appearance="subtle"
      icon={waits ? <KeyRegular /> : <Spinner size="extra-tiny" aria-hidden />}
      onClick={() => navigate({ name: 'run', runId: run.runId })}
    >
      {waits ? (
        <FormattedMessage id="run.indicator.sign-in" values={{ name: run.exportName }} />
      ) : (
        <FormattedMessage id="run.indicator" values={{ name: run.exportName, share: format.percent(done) }} />
      )}
    </Button>
  );
}
