import { makeStyles, tokens } from '@fluentui/react-components';
import { useEffect } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import type { ExportView, ListView } from '../../../preload/contract/views.ts';
import type { ClientError } from '../../bridge/client.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { signInAgain } from '../../stores/draft-store.ts';
import type { PlannedExport } from '../../stores/many-exports.ts';
import { listsRead, useManyStore } from '../../stores/many-exports-store.ts';
import type { MessageKey } from '../../text/messages.ts';
import { useLists } from '../export/use-lists.ts';
import { ManyRowCells } from './many-row-cells.tsx';

const useStyles = makeStyles({
  scroll: {
    overflowX: 'auto',
    backgroundColor: tokens.colorNeutralBackground1,
    borderRadius: tokens.borderRadiusXLarge,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  table: { borderCollapse: 'collapse', width: '100%', minWidth: '760px', tableLayout: 'fixed' },
  head: {
    textAlign: 'left',
    padding: '10px',
    fontWeight: tokens.fontWeightSemibold,
    fontSize: tokens.fontSizeBase300,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  segment: { width: '24%' },
  fields: { width: '21%' },
});

const columns: readonly { readonly title: MessageKey; readonly width?: 'segment' | 'fields' }[] = [
  { title: 'many.column.segment', width: 'segment' },
  { title: 'many.column.name' },
  { title: 'many.column.list' },
  { title: 'many.column.fields', width: 'fields' },
];

interface ManyTableProps {
  readonly planned: readonly PlannedExport[];
  readonly lists: readonly ListView[];
  readonly made: Readonly<Record<string, ExportView>>;
  readonly failed: Readonly<Record<string, ClientError>>;
  /** The segment whose export is being made. */
  readonly makingId: string | null;
  readonly onMatch: (segmentId: string) => void;
}

/** One line for each segment: its export, its list, what of it is matched, and what became of it. */
export function ManyTable({ planned, lists, made, failed, makingId, onMatch }: ManyTableProps) {
  const intl = useIntl();
  const styles = useStyles();
  const connectionId = useManyStore(({ many }) => many?.connectionId ?? null);
  const account = useLists(connectionId);
  useEffect(() => listsRead(account.lists), [account.lists]);
  return (
    <>
      <ErrorNotice
        error={account.error}
        actions={{ retry: account.again, 'sign-in': () => signInAgain(connectionId) }}
      />
      <div className={styles.scroll}>
        <table className={styles.table} aria-label={intl.formatMessage({ id: 'many.table' })}>
          <thead>
            <tr>
              {columns.map(({ title, width }) => (
                <th key={title} scope="col" className={`${styles.head} ${width === undefined ? '' : styles[width]}`}>
                  <FormattedMessage id={title} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {planned.map((each) => (
              <ManyRowCells
                key={each.row.segmentId}
                planned={each}
                lists={lists}
                listsPending={account.pending}
                made={made[each.row.segmentId]}
                failed={failed[each.row.segmentId]}
                isMaking={makingId === each.row.segmentId}
                disabled={makingId !== null}
                onMatch={() => onMatch(each.row.segmentId)}
              />
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
