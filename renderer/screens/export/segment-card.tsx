import { Button, Link, makeStyles, ProgressBar, Text, tokens } from '@fluentui/react-components';
import { DeleteRegular, DocumentTableRegular } from '@fluentui/react-icons';
import { FormattedMessage, useIntl } from 'react-intl';
import type { SegmentView } from '../../../preload/contract/views.ts';
import { call } from '../../bridge/client.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { isCorrected } from '../../components/reading/correct-reading.ts';
import { ReadingStrip } from '../../components/reading/reading-strip.tsx';
import { useAction } from '../../components/use-action.ts';
import { useLasting } from '../../components/use-lasting.ts';
import { takeSegmentOut } from '../../stores/draft-store.ts';
import { share } from '../../text/format.ts';
import { useFormat } from '../../text/use-format.ts';
import { chooseFiles, takeApart } from './segment-files.ts';
import { UnreadableLines } from './unreadable-lines.tsx';

const useStyles = makeStyles({
  card: {
    display: 'grid',
    gridTemplateColumns: '28px minmax(0, 1fr) auto',
    gap: '4px 12px',
    alignItems: 'start',
    padding: '12px 14px',
    borderRadius: tokens.borderRadiusLarge,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground2,
  },
  icon: { fontSize: '28px', lineHeight: 0, color: tokens.colorBrandForeground1 },
  words: { display: 'flex', flexDirection: 'column', gap: '4px', minWidth: 0 },
  name: { overflowWrap: 'anywhere' },
  quiet: { color: tokens.colorNeutralForeground2 },
  parts: { display: 'flex', flexWrap: 'wrap', gap: '8px', alignItems: 'baseline' },
  buttons: { display: 'flex', gap: '4px' },
});

interface SegmentCardProps {
  readonly segmentId: string;
  /** Undefined until main has told of it. */
  readonly segment: SegmentView | undefined;
}

/** One segment file: being read, what was understood, or why it could not be. */
export function SegmentCard({ segmentId, segment }: SegmentCardProps) {
  const intl = useIntl();
  const styles = useStyles();
  const format = useFormat();
  const cancel = useAction(async () => {
    await call('segments.cancelReading', { segmentId });
    takeSegmentOut(segmentId);
  });
  const apart = useAction(() => takeApart(segmentId));
  const lasting = useLasting(segment?.state === 'reading', 500);
  if (segment === undefined) {
    return (
      <div className={styles.card}>
        <DocumentTableRegular className={styles.icon} />
        <ProgressBar aria-label={intl.formatMessage({ id: 'segment.reading' })} />
      </div>
    );
  }
  // A file that is read again shows how far only when it takes a while.
  const reading = segment.state === 'reading' && (segment.readAt === null || lasting);
  const { progress } = segment;
  const error =
    segment.error ??
    (segment.state === 'missing' ? ({ code: 'segment.missing', params: { file: segment.fileName } } as const) : null);
  return (
    <section className={styles.card} aria-label={segment.name} data-testid="segment-card">
      <DocumentTableRegular className={styles.icon} />
      <div className={styles.words}>
        <Text weight="semibold" className={styles.name}>
          {segment.name}
        </Text>
        <Text size={200} className={styles.quiet}>
          {segment.parts.length === 0 ? segment.fileName : intl.formatList(segment.parts, { type: 'unit' })} ·{' '}
          {format.fileSize(segment.fileBytes)}
        </Text>
        {segment.parts.length > 0 && (
          <span className={styles.parts}>
            <Text size={200}>
              <FormattedMessage id="segment.parts" values={{ count: segment.parts.length }} />
            </Text>
            <Link as="button" disabled={apart.pending} onClick={() => void apart.run()}>
              <FormattedMessage id="segment.take-apart" />
            </Link>
          </span>
        )}
        {reading && (
          <>
            <ProgressBar
              aria-label={intl.formatMessage({ id: 'segment.reading' })}
              {...(progress === null ? {} : { value: share(progress.bytesRead, progress.bytesTotal) })}
            />
            <Text size={200} className={styles.quiet} role="status">
              <FormattedMessage id="segment.reading-rows" values={{ count: progress?.rows ?? 0 }} />
            </Text>
          </>
        )}
        {(segment.reading !== null || isCorrected(segment)) && <ReadingStrip segment={segment} />}
        {segment.unreadableCount > 0 && <UnreadableLines key={segment.readAt} segment={segment} />}
        <ErrorNotice error={error} actions={{ 'choose-files': () => void chooseFiles() }} />
        <ErrorNotice error={cancel.error ?? apart.error} />
      </div>
      <span className={styles.buttons}>
        {reading ? (
          <Button size="small" disabledFocusable={cancel.pending} onClick={() => void cancel.run()}>
            <FormattedMessage id="segment.cancel-reading" />
          </Button>
        ) : (
          <Button
            appearance="subtle"
            icon={<DeleteRegular />}
            title={intl.formatMessage({ id: 'action.remove' })}
            aria-label={intl.formatMessage({ id: 'action.remove-named' }, { name: segment.name })}
            onClick={() => takeSegmentOut(segmentId)}
          />
        )}
      </span>
    </section>
  );
}
