import { makeStyles, Text, tokens } from '@fluentui/react-components';
import { FormattedMessage } from 'react-intl';
import type { RunView } from '../../../preload/contract/views.ts';
import { Section } from '../../components/section.tsx';
import { useMirror } from '../../stores/mirror-store.ts';
import { newestRunOf } from '../../stores/run-order.ts';
import { waitingRows } from '../../stores/waiting-rows.ts';

const useStyles = makeStyles({
  line: { display: 'block' },
  quiet: { display: 'block', marginTop: '6px', color: tokens.colorNeutralForeground2 },
});

/** Rows that were sent and refused, or whose outcome is not known: what becomes of them in the next run. */
export function UnsureWaiting({ run }: { readonly run: RunView }) {
  const styles = useStyles();
  const isNewest = useMirror((mirror) => newestRunOf(run.exportId, mirror.runs)?.runId === run.runId);
  const { refused, unknown } = waitingRows(run);
  if (refused + unknown === 0 || run.kind !== 'export' || !isNewest) return null;
  return (
    <Section title={<FormattedMessage id="retry.title" />}>
      <div data-testid="unsure-waiting">
        {refused > 0 && (
          <Text className={styles.line}>
            <FormattedMessage id="retry.refused" values={{ count: refused }} />
          </Text>
        )}
        {unknown > 0 && (
          <Text className={styles.line}>
            <FormattedMessage id="retry.unknown" values={{ count: unknown }} />
          </Text>
        )}
        <Text size={200} className={styles.quiet}>
          <FormattedMessage id="retry.newest-file" />
        </Text>
      </div>
    </Section>
  );
}
