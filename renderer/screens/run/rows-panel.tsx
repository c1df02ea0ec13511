import {
  Button,
  DrawerBody,
  DrawerHeader,
  DrawerHeaderTitle,
  makeStyles,
  OverlayDrawer,
  SearchBox,
  Text,
  tokens,
} from '@fluentui/react-components';
import { DismissRegular, SaveRegular } from '@fluentui/react-icons';
import { useEffect, useRef, useState } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import type { RowFate, RowOutcome, RunRowView, RunView } from '../../../preload/contract/views.ts';
import { asClientError, type ClientError, call } from '../../bridge/client.ts';
import { DataTable, type TableColumn } from '../../components/data-table.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { WhenGone } from '../../components/when-gone.tsx';
import { balanceParts, reasonLabel } from '../../text/labels.ts';
import { fateLabels, heldLabels } from '../../text/run-labels.ts';
import { useFormat } from '../../text/use-format.ts';
import { useSaveRows } from './use-save-rows.ts';

const pageSize = 100;
/** Between the last key and the search. */
const searchAfterMs = 250;

/** Which rows of a run are looked into. */
export interface ShownRows {
  readonly outcome: RowOutcome | null;
  readonly fate: RowFate | null;
}

const useStyles = makeStyles({
  body: { display: 'flex', flexDirection: 'column', gap: '12px', paddingBottom: '20px' },
  tools: { display: 'flex', flexWrap: 'wrap', gap: '8px', alignItems: 'center', justifyContent: 'space-between' },
  search: { flex: '1 1 220px', maxWidth: '320px' },
  quiet: { color: tokens.colorNeutralForeground2 },
  foot: { display: 'flex', flexWrap: 'wrap', gap: '12px', alignItems: 'center' },
});

interface Fetched {
  readonly rows: readonly RunRowView[];
  readonly total: number | null;
}

/** Pages of the rows asked for; what is fetched for an earlier question is dropped. */
function useRows(runId: string, which: ShownRows, search: string) {
  const [fetched, setFetched] = useState<Fetched>({ rows: [], total: null });
  const [error, setError] = useState<ClientError | null>(null);
  const [pending, setPending] = useState(false);
  const asked = useRef(0);
  const { outcome, fate } = which;
  const fetchPage = async (known: readonly RunRowView[]): Promise<void> => {
    asked.current += 1;
    const mine = asked.current;
    setPending(true);
    try {
      const after = known.at(-1)?.place ?? '';
      const page = await call('runs.getRows', { runId, outcome, fate, search, after, limit: pageSize });
      if (mine !== asked.current) return;
      setFetched({ rows: [...known, ...page.rows], total: page.total });
      setError(null);
    } catch (thrown) {
      if (mine === asked.current) setError(asClientError(thrown));
    } finally {
      if (mine === asked.current) setPending(false);
    }
  };
  const latest = useRef(fetchPage);
  latest.current = fetchPage;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another question begins with its first page
  useEffect(() => {
    const timer = setTimeout(() => void latest.current([]), search === '' ? 0 : searchAfterMs);
    return () => clearTimeout(timer);
  }, [runId, outcome, fate, search]);
  return { ...fetched, error, pending, more: () => void fetchPage(fetched.rows), again: () => void fetchPage([]) };
}

/** Rows of one number of the balance, or of one fate, in a panel at the side: searched, paged, saved. */
export function RowsPanel(props: {
  readonly run: RunView;
  readonly shown: ShownRows | null;
  readonly onClose: () => void;
}) {
  const { run, shown, onClose } = props;
  const open = shown !== null;
  const wasOpen = useRef(false);
  const opener = useRef<Element | null>(null);
  const last = useRef<ShownRows | null>(null);
  if (open && !wasOpen.current) opener.current = document.activeElement;
  wasOpen.current = open;
  if (open) last.current = shown;
  const gone = (): void => {
    // Only then has the panel let go of the focus, and of the page it hid.
    setTimeout(() => {
      const lost = document.activeElement === null || document.activeElement === document.body;
      if (lost && opener.current instanceof HTMLElement) opener.current.focus({ preventScroll: true });
    });
  };
  if (last.current === null) return null;
  return (
    <OverlayDrawer
      open={open}
      position="end"
      size="medium"
      onOpenChange={(_, data) => {
        if (!data.open) onClose();
      }}
    >
      <WhenGone then={gone} />
      <Rows run={run} which={last.current} onClose={onClose} />
    </OverlayDrawer>
  );
}

function Rows({
  run,
  which,
  onClose,
}: {
  readonly run: RunView;
  readonly which: ShownRows;
  readonly onClose: () => void;
}) {
  const intl = useIntl();
  const styles = useStyles();
  const format = useFormat();
  const [search, setSearch] = useState('');
  const { rows, total, error, pending, more, again } = useRows(run.runId, which, search);
  const save = useSaveRows(run.runId);
  const label = labelOf(which);
  const title = label === undefined ? intl.formatMessage({ id: 'rows.all' }) : intl.formatMessage({ id: label });
  const unsure = which.outcome === 'refused' ? rows.filter(({ sure }) => !sure).length : 0;
  return (
    <>
      <DrawerHeader>
        <DrawerHeaderTitle
          heading={{ as: 'h2' }}
          action={
            <Button
              appearance="subtle"
              icon={<DismissRegular />}
              aria-label={intl.formatMessage({ id: 'action.close' })}
              onClick={onClose}
            />
          }
        >
          {title}
        </DrawerHeaderTitle>
      </DrawerHeader>
      <DrawerBody>
        <div className={styles.body}>
          {unsure > 0 && (
            <Text>
              <FormattedMessage
                id="rows.unsure.explanation"
                values={{ refused: run.balance.refused, count: total ?? unsure }}
              />
            </Text>
          )}
          <div className={styles.tools}>
            <SearchBox
              className={styles.search}
              value={search}
              aria-label={intl.formatMessage({ id: 'rows.search' })}
              placeholder={intl.formatMessage({ id: 'rows.search' })}
              onChange={(_, { value }) => setSearch(value)}
            />
            <Button
              icon={<SaveRegular />}
              disabledFocusable={save.pending || total === 0}
              onClick={() => void save.run({ ...which, search })}
            >
              <FormattedMessage id="rows.save" />
            </Button>
          </div>
          {save.notice}
          <ErrorNotice error={error} actions={{ retry: again }} />
          {rows.length > 0 && <RowsTable title={title} rows={rows} run={run} />}
          <div className={styles.foot} aria-live="polite">
            <Text className={styles.quiet}>
              {total === null ? (
                <FormattedMessage id="rows.reading" />
              ) : (
                <FormattedMessage
                  id="rejected.shown"
                  values={{ shown: format.number(rows.length), total: format.number(total) }}
                />
              )}
            </Text>
            {total !== null && rows.length < total && (
              <Button size="small" disabledFocusable={pending} onClick={more}>
                <FormattedMessage id="action.show-more" />
              </Button>
            )}
          </div>
        </div>
      </DrawerBody>
    </>
  );
}

function labelOf({ outcome, fate }: ShownRows) {
  if (fate !== null) return fateLabels[fate];
  return balanceParts.find(({ part }) => part === outcome)?.label;
}

function RowsTable({
  title,
  rows,
  run,
}: {
  readonly title: string;
  readonly rows: readonly RunRowView[];
  readonly run: RunView;
}) {
  const intl = useIntl();
  const format = useFormat();
  const several = new Set(rows.map(({ segmentName }) => segmentName)).size > 1;
  const readBack = run.account.readBack.state === 'done';
  const why = (row: RunRowView): string => {
    if (row.reason !== null) {
      const held = heldLabels[row.reason];
      return intl.formatMessage({ id: held ?? reasonLabel(row.reason as Parameters<typeof reasonLabel>[0]) });
    }
    if (row.fate !== null) return intl.formatMessage({ id: fateLabels[row.fate] });
    return row.sure ? '' : intl.formatMessage({ id: 'rows.not-known' });
  };
  const hasReasons = readBack || rows.some((row) => why(row) !== '');
  const columns: TableColumn[] = [
    { name: 'row', title: <FormattedMessage id="rows.row" />, looks: 'number' },
    { name: 'address', title: <FormattedMessage id="rows.address" /> },
    ...(hasReasons
      ? [{ name: 'why', title: <FormattedMessage id={readBack ? 'rows.what-became' : 'rows.reason'} /> }]
      : []),
    ...(several ? [{ name: 'segment', title: <FormattedMessage id="rows.segment" /> }] : []),
  ];
  return (
    <DataTable
      label={title}
      maxHeight={420}
      testId="rows"
      columns={columns}
      rows={rows.map((row) => ({
        key: row.place,
        cells: [
          format.number(row.rowNumber),
          row.email === '' ? (row.cells ?? []).filter(Boolean).join(' · ') : row.email,
          ...(hasReasons ? [why(row)] : []),
          ...(several ? [row.segmentName] : []),
        ],
      }))}
    />
  );
}
