import { Button, Link, makeStyles, mergeClasses, Text, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import type { SegmentView, UnreadableLine } from '../../../preload/contract/views.ts';
import { call } from '../../bridge/client.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { ScrollRegion } from '../../components/scroll-region.tsx';
import { useAction } from '../../components/use-action.ts';
import { unreadableLabel } from '../../text/labels.ts';
import { useFormat } from '../../text/use-format.ts';

const pageSize = 50;

const useStyles = makeStyles({
  row: { display: 'flex', flexWrap: 'wrap', gap: '8px', alignItems: 'center' },
  stack: { display: 'flex', flexDirection: 'column', gap: '6px', minWidth: 0 },
  warning: { color: tokens.colorStatusWarningForeground1 },
  table: { borderCollapse: 'collapse', width: '100%', fontSize: tokens.fontSizeBase200 },
  head: {
    position: 'sticky',
    top: 0,
    textAlign: 'left',
    padding: '6px 8px',
    whiteSpace: 'nowrap',
    backgroundColor: tokens.colorNeutralBackground3,
    fontWeight: tokens.fontWeightSemibold,
  },
  cell: {
    padding: '4px 8px',
    borderTop: `1px solid ${tokens.colorNeutralStroke3}`,
    verticalAlign: 'top',
    whiteSpace: 'nowrap',
  },
  number: { textAlign: 'right', fontVariantNumeric: 'tabular-nums' },
  text: { fontFamily: tokens.fontFamilyMonospace, whiteSpace: 'pre' },
  more: { alignSelf: 'flex-start' },
});

/** What has been fetched so far; `next` is the byte at which the rest begins, null when there is none. */
interface Fetched {
  readonly lines: readonly UnreadableLine[];
  readonly next: number | null;
}

/** How many lines of a file could not be read; on request which, why and what stands there, page after page. */
export function UnreadableLines({ segment }: { readonly segment: SegmentView }) {
  const intl = useIntl();
  const styles = useStyles();
  const format = useFormat();
  const [open, setOpen] = useState(false);
  const [fetched, setFetched] = useState<Fetched>({ lines: [], next: 0 });
  const more = useAction(async () => {
    if (fetched.next === null) return;
    const input = { segmentId: segment.segmentId, fromByte: fetched.next, limit: pageSize };
    const { lines, nextByte } = await call('segments.getUnreadable', input);
    setFetched({ lines: [...fetched.lines, ...lines], next: nextByte });
  });
  const toggle = (): void => {
    if (!open && fetched.lines.length === 0) void more.run();
    setOpen(!open);
  };
  const title = intl.formatMessage({ id: 'segment.unreadable' }, { count: segment.unreadableCount });
  const several = segment.parts.length > 0;
  return (
    <div className={styles.stack}>
      <span className={styles.row}>
        <Text className={styles.warning}>{title}</Text>
        {segment.state === 'ready' && (
          <Link as="button" aria-expanded={open} onClick={toggle}>
            <FormattedMessage id={open ? 'segment.unreadable.hide' : 'segment.unreadable.show'} />
          </Link>
        )}
      </span>
      {open && fetched.lines.length > 0 && (
        <ScrollRegion label={title} maxHeight={240}>
          <table className={styles.table} data-testid="unreadable-lines">
            <thead>
              <tr>
                {several && (
                  <th scope="col" className={styles.head}>
                    <FormattedMessage id="segment.unreadable.file" />
                  </th>
                )}
                <th scope="col" className={styles.head}>
                  <FormattedMessage id="segment.unreadable.number" />
                </th>
                <th scope="col" className={styles.head}>
                  <FormattedMessage id="segment.unreadable.reason" />
                </th>
                <th scope="col" className={styles.head}>
                  <FormattedMessage id="segment.unreadable.text" />
                </th>
              </tr>
            </thead>
            <tbody>
              {fetched.lines.map(({ file, line, reason, text }) => (
                <tr key={`${file} ${line}`}>
                  {several && <td className={styles.cell}>{file}</td>}
                  <td className={mergeClasses(styles.cell, styles.number)}>{format.number(line)}</td>
                  <td className={styles.cell}>{intl.formatMessage({ id: unreadableLabel(reason) })}</td>
                  <td className={mergeClasses(styles.cell, styles.text)}>{text}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      )}
      {open && fetched.next !== null && fetched.lines.length > 0 && (
        <Button size="small" className={styles.more} disabledFocusable={more.pending} onClick={() => void more.run()}>
          <FormattedMessage
            id="segment.unreadable.more"
            values={{ shown: fetched.lines.length, count: segment.unreadableCount }}
          />
        </Button>
      )}
      <ErrorNotice error={more.error} actions={{ retry: () => void more.run() }} />
    </div>
  );
}
