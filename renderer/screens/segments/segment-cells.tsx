import { Badge, Button, Link, makeStyles, ProgressBar, Text, tokens } from '@fluentui/react-components';
import { ArrowSyncRegular } from '@fluentui/react-icons';
import { FormattedMessage, useIntl } from 'react-intl';
import type { ExportView, SegmentView, WatchView } from '../../../preload/contract/views.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { TimeAgo } from '../../components/time-ago.tsx';
import { askAboutMended } from '../../stores/mended-store.ts';
import { share } from '../../text/format.ts';
import { useFormat } from '../../text/use-format.ts';
import { GrowthChart } from './growth-chart.tsx';
import { WatchLine } from './watch-line.tsx';

const useStyles = makeStyles({
  words: { display: 'flex', flexDirection: 'column', gap: '2px', overflowWrap: 'anywhere', alignItems: 'flex-start' },
  quiet: { color: tokens.colorNeutralForeground3 },
  changed: { color: tokens.colorStatusWarningForeground1 },
  name: { fontWeight: tokens.fontWeightSemibold, textAlign: 'left', overflowWrap: 'anywhere' },
  tags: { listStyleType: 'none', margin: 0, padding: 0, display: 'flex', flexWrap: 'wrap', gap: '4px' },
  number: { fontVariantNumeric: 'tabular-nums' },
  progress: { width: '100%', marginTop: '6px' },
});

interface SourceProps {
  readonly segment: SegmentView;
  /** The folder it is kept up to date from, if there is one. */
  readonly watch: WatchView | undefined;
  readonly onReadAgain: () => void;
  readonly onCancel: () => void;
}

/** Where a segment comes from, when it was read and by whom, and what became of its file since. */
export function SegmentSource({ segment, watch, onReadAgain, onCancel }: SourceProps) {
  const intl = useIntl();
  const styles = useStyles();
  const reading = segment.state === 'reading';
  const { progress } = segment;
  return (
    <div className={styles.words}>
      <Text>{segment.parts.length === 0 ? segment.fileName : intl.formatList(segment.parts, { type: 'unit' })}</Text>
      {segment.readAt !== null && (
        <Text size={200} className={styles.quiet}>
          <FormattedMessage
            id="library.read"
            values={{ when: <TimeAgo at={segment.readAt} />, name: segment.readBy }}
          />
        </Text>
      )}
      {segment.mends !== null && (
        <Link
          as="button"
          aria-label={intl.formatMessage({ id: 'mended.open-named' }, { name: segment.name })}
          onClick={() => askAboutMended([segment.segmentId])}
        >
          <FormattedMessage id="mended.open" />
        </Link>
      )}
      {segment.changedOnDisk && !reading && (
        <>
          <Text size={200} className={styles.changed}>
            <FormattedMessage id="library.changed-on-disk" />
          </Text>
          <Button
            size="small"
            icon={<ArrowSyncRegular />}
            aria-label={intl.formatMessage({ id: 'library.read-again-named' }, { name: segment.name })}
            onClick={onReadAgain}
          >
            <FormattedMessage id="library.read-again" />
          </Button>
        </>
      )}
      {watch !== undefined && <WatchLine watch={watch} name={segment.name} />}
      {reading && (
        <>
          <ProgressBar
            className={styles.progress}
            aria-label={intl.formatMessage({ id: 'segment.reading' })}
            {...(progress === null ? {} : { value: share(progress.bytesRead, progress.bytesTotal) })}
          />
          <Link as="button" onClick={onCancel}>
            <FormattedMessage id="segment.cancel-reading" />
          </Link>
        </>
      )}
    </div>
  );
}

interface SegmentNameProps extends Pick<SourceProps, 'segment' | 'watch'> {
  /** Shows its people; null while there is nothing to be shown. */
  readonly onMembers: (() => void) | null;
}

/** A segment's name, its tags, and what is wrong with it. */
export function SegmentName({ segment, watch, onMembers }: SegmentNameProps) {
  const intl = useIntl();
  const styles = useStyles();
  return (
    <div className={styles.words}>
      {onMembers === null ? (
        <Text weight="semibold">{segment.name}</Text>
      ) : (
        <Link as="button" className={styles.name} onClick={onMembers}>
          {segment.name}
        </Link>
      )}
      {segment.tags.length > 0 && (
        <ul className={styles.tags} aria-label={intl.formatMessage({ id: 'tags.of' }, { name: segment.name })}>
          {segment.tags.map((tag) => (
            <li key={tag}>
              <Badge appearance="tint" color="informative">
                {tag}
              </Badge>
            </li>
          ))}
        </ul>
      )}
      {/* What a watched folder brought is told where the folder is. */}
      {(watch?.problem ?? null) === null && <ErrorNotice error={segment.error} />}
    </div>
  );
}

/** How many rows a segment has, and had. */
export function SegmentRows({ segment }: { readonly segment: SegmentView }) {
  const styles = useStyles();
  const format = useFormat();
  return (
    <div className={styles.words}>
      <Text className={styles.number}>{segment.readAt === null ? '–' : format.number(segment.rowCount)}</Text>
      <GrowthChart segment={segment} />
    </div>
  );
}

interface SegmentExportsProps {
  readonly segment: SegmentView;
  /** Exports that contain it. */
  readonly users: readonly ExportView[];
  readonly onManageExports: () => void;
}

/** The exports that contain a segment, and *Manage exports*. */
export function SegmentExports({ segment, users, onManageExports }: SegmentExportsProps) {
  const intl = useIntl();
  const styles = useStyles();
  const names = users.map(({ name }) => name);
  return (
    <div className={styles.words}>
      <Text>{names.length === 0 ? '–' : intl.formatList(names, { type: 'unit' })}</Text>
      {segment.readAt !== null && (
        <Link
          as="button"
          aria-label={intl.formatMessage({ id: 'library.manage-named' }, { name: segment.name })}
          onClick={onManageExports}
        >
          <FormattedMessage id="library.manage" />
        </Link>
      )}
    </div>
  );
}
