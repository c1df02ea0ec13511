import {
  Button,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogTitle,
  Field,
  makeStyles,
  SearchBox,
  Select,
  Text,
  tokens,
} from '@fluentui/react-components';
import { ArrowDownloadRegular } from '@fluentui/react-icons';
import { useEffect, useState } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import type { MemberPageView, SegmentView } from '../../../preload/contract/views.ts';
import { asClientError, type ClientError, call } from '../../bridge/client.ts';
import { DataTable } from '../../components/data-table.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { useAction } from '../../components/use-action.ts';
import { useFormat } from '../../text/use-format.ts';

/** As many as the system that Segue replaces shows at first. */
const pageSize = 100;
const allColumns = 'all';

const useStyles = makeStyles({
  content: { display: 'flex', flexDirection: 'column', gap: '12px', minWidth: 0 },
  filter: { display: 'grid', gridTemplateColumns: 'minmax(0, 2fr) minmax(0, 1fr)', gap: '12px', alignItems: 'end' },
  search: { maxWidth: '100%', width: '100%' },
  foot: { display: 'flex', flexWrap: 'wrap', gap: '12px', alignItems: 'center', minHeight: '24px' },
  quiet: { color: tokens.colorNeutralForeground2 },
});

type Members = MemberPageView['members'];
interface Found {
  readonly members: Members;
  readonly found: number;
  readonly next: number | null;
}

/** The first rows that are found; asked anew at each change of the filter, the latest answer counts. */
function useFound(segmentId: string, search: string, column: number | null) {
  const [found, setFound] = useState<Found | null>(null);
  const [error, setError] = useState<ClientError | null>(null);
  useEffect(() => {
    let outdated = false;
    call('segments.getMembers', { segmentId, search, column, after: 0, limit: pageSize }).then(
      (page) => {
        if (outdated) return;
        setFound(page);
        setError(null);
      },
      (thrown: unknown) => {
        const failure = asClientError(thrown);
        if (!outdated && failure.code !== 'cancelled') setError(failure);
      },
    );
    return () => {
      outdated = true;
    };
  }, [segmentId, search, column]);
  const more = useAction(async () => {
    const after = found?.next ?? null;
    if (after === null) return;
    const page = await call('segments.getMembers', { segmentId, search, column, after, limit: pageSize });
    setFound((known) => (known?.next === after ? { ...page, members: [...known.members, ...page.members] } : known));
  });
  return { found, error: error ?? more.error, more: more.run, pending: more.pending };
}

interface MembersDialogProps {
  readonly segment: SegmentView;
  readonly onDownload: () => void;
  readonly onClose: () => void;
}

/** The people of a segment as they stand in its file: the first hundred, those that are looked for, and the next. */
export function MembersDialog({ segment, onDownload, onClose }: MembersDialogProps) {
  const intl = useIntl();
  const styles = useStyles();
  const format = useFormat();
  const [search, setSearch] = useState('');
  const [column, setColumn] = useState<number | null>(null);
  const { found, error, more, pending } = useFound(segment.segmentId, search, column);
  const headings = segment.columns.map(({ heading }, index) =>
    heading.trim() === '' ? intl.formatMessage({ id: 'matching.column' }, { number: index + 1 }) : heading,
  );
  const title = intl.formatMessage({ id: 'members.title' }, { name: segment.name });
  return (
    <DialogBody>
      <DialogTitle>{title}</DialogTitle>
      <DialogContent className={styles.content}>
        <div className={styles.filter}>
          <Field label={intl.formatMessage({ id: 'members.search' })}>
            <SearchBox
              className={styles.search}
              value={search}
              maxLength={200}
              dismiss={{ 'aria-label': intl.formatMessage({ id: 'table.search.clear' }) }}
              onChange={(_, data) => setSearch(data.value)}
            />
          </Field>
          <Field label={intl.formatMessage({ id: 'members.column' })}>
            <Select
              value={column === null ? allColumns : String(column)}
              onChange={(_, { value }) => setColumn(value === allColumns ? null : Number(value))}
            >
              <option value={allColumns}>{intl.formatMessage({ id: 'members.column.all' })}</option>
              {headings.map((heading, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place
                <option key={index} value={String(index)}>
                  {heading}
                </option>
              ))}
            </Select>
          </Field>
        </div>
        {found !== null && (
          <>
            <DataTable
              label={title}
              maxHeight={340}
              testId="members"
              cut
              columns={[
                { name: 'row', title: intl.formatMessage({ id: 'members.row' }), looks: 'number' },
                ...headings.map((heading, index) => ({ name: String(index), title: heading, looks: 'code' as const })),
              ]}
              rows={found.members.map(({ rowNumber, cells }) => ({
                key: String(rowNumber),
                cells: [format.number(rowNumber), ...headings.map((_, index) => cells[index] ?? '')],
              }))}
            />
            <div className={styles.foot}>
              <Text className={styles.quiet} role="status">
                <FormattedMessage
                  id={search.trim() === '' ? 'members.shown' : 'members.shown-of-found'}
                  values={{ shown: found.members.length, found: found.found, rows: segment.rowCount }}
                />
              </Text>
              {found.next !== null && (
                <Button size="small" disabledFocusable={pending} onClick={() => void more()}>
                  <FormattedMessage id="action.show-more" />
                </Button>
              )}
            </div>
          </>
        )}
        <ErrorNotice error={error} />
      </DialogContent>
      <DialogActions>
        <Button icon={<ArrowDownloadRegular />} onClick={onDownload}>
          <FormattedMessage id="download.open" />
        </Button>
        <Button appearance="primary" onClick={onClose}>
          <FormattedMessage id="action.close" />
        </Button>
      </DialogActions>
    </DialogBody>
  );
}
