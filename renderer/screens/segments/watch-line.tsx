import { Button, Link, makeStyles, Text, tokens } from '@fluentui/react-components';
import { ArrowDownloadRegular } from '@fluentui/react-icons';
import { FormattedMessage, useIntl } from 'react-intl';
import type { WatchView } from '../../../preload/contract/views.ts';
import { call } from '../../bridge/client.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { useAction } from '../../components/use-action.ts';
import { errorKey } from '../../text/error-words.ts';

const useStyles = makeStyles({
  words: { display: 'flex', flexDirection: 'column', gap: '2px', alignItems: 'flex-start', overflowWrap: 'anywhere' },
  quiet: { color: tokens.colorNeutralForeground3 },
  warning: { color: tokens.colorStatusWarningForeground1 },
  offer: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '4px 8px' },
});

/** The last part of a folder's path, by which people know it. */
const nameOf = (folder: string): string => folder.split(/[/\\]/).findLast((part) => part !== '') ?? folder;

interface WatchLineProps {
  readonly watch: WatchView;
  /** What it is watched for, so that two *Stop watching* can be told apart. */
  readonly name: string;
}

/** What is watched, what came of it, and the way to end it. */
export function WatchLine({ watch, name }: WatchLineProps) {
  const intl = useIntl();
  const styles = useStyles();
  const { watchId, folder, pattern, offered, problem, state, segmentId } = watch;
  const take = useAction(async () => {
    await call('watches.take', { watchId });
  });
  const leave = useAction(async () => {
    await call('watches.leave', { watchId });
  });
  const stop = useAction(async () => {
    await call('watches.remove', { watchId });
  });
  const where = { folder: nameOf(folder), pattern };
  return (
    <div className={styles.words} data-testid="watch-line">
      <Text size={200} className={styles.quiet} title={folder}>
        <FormattedMessage id={segmentId === null ? 'watch.line.new-segments' : 'watch.line'} values={where} />
      </Text>
      {(state === 'folder-missing' || state === 'folder-unreadable') && (
        <Text size={200} className={styles.warning}>
          {intl.formatMessage(
            { id: errorKey(state === 'folder-missing' ? 'folder.missing' : 'folder.unreadable', 'title') },
            { folder: nameOf(folder) },
          )}
        </Text>
      )}
      {problem !== null && (
        <Text size={200} className={styles.warning}>
          <FormattedMessage
            id="watch.problem"
            values={{
              why: intl.formatMessage(
                { id: errorKey(problem.error.code, 'title') },
                { file: problem.file, ...problem.error.params },
              ),
            }}
          />
        </Text>
      )}
      {offered.length > 0 && (
        <span className={styles.offer}>
          <Text size={200}>
            <FormattedMessage id="watch.offered" values={{ files: intl.formatList(offered, { type: 'unit' }) }} />
          </Text>
          <Button
            size="small"
            icon={<ArrowDownloadRegular />}
            disabledFocusable={take.pending}
            aria-label={intl.formatMessage({ id: 'watch.take-named' }, { name })}
            onClick={() => void take.run()}
          >
            <FormattedMessage id="watch.take" />
          </Button>
          <Button
            size="small"
            appearance="subtle"
            disabledFocusable={leave.pending}
            aria-label={intl.formatMessage({ id: 'watch.leave-named' }, { name })}
            onClick={() => void leave.run()}
          >
            <FormattedMessage id="watch.leave" />
          </Button>
        </span>
      )}
      <Link
        as="button"
        disabled={stop.pending}
        aria-label={intl.formatMessage({ id: 'watch.stop-named' }, { name })}
        onClick={() => void stop.run()}
      >
        <FormattedMessage id="watch.stop" />
      </Link>
      <ErrorNotice error={take.error ?? leave.error ?? stop.error} />
    </div>
  );
}
