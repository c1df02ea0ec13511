import {
  Checkbox,
  Combobox,
  Input,
  Link,
  makeStyles,
  mergeClasses,
  Option,
  Spinner,
  Text,
  tokens,
} from '@fluentui/react-components';
import { CheckmarkCircleRegular } from '@fluentui/react-icons';
import { FormattedMessage, useIntl } from 'react-intl';
import type { ExportView, ListView } from '../../../preload/contract/views.ts';
import type { ClientError } from '../../bridge/client.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { useMainLandmark } from '../../components/main-landmark.ts';
import { changeRow, type ManyRow, type PlannedExport, type RowProblem } from '../../stores/many-exports.ts';
import { changeMany } from '../../stores/many-exports-store.ts';
import { matchesSearch } from '../../text/format.ts';
import type { MessageKey } from '../../text/messages.ts';
import { useFieldLabel } from '../../text/use-field-label.ts';

/** A list that is longer than this is narrowed by typing. */
const mostOptions = 100;

const useStyles = makeStyles({
  row: { borderTop: `1px solid ${tokens.colorNeutralStroke3}` },
  left: { color: tokens.colorNeutralForeground3 },
  cell: { padding: '8px 10px', verticalAlign: 'top', fontWeight: 'inherit', textAlign: 'left' },
  stack: { display: 'flex', flexDirection: 'column', gap: '4px', alignItems: 'flex-start', minWidth: 0 },
  segment: { display: 'grid', gridTemplateColumns: 'auto minmax(0, 1fr)', alignItems: 'start' },
  words: { overflowWrap: 'anywhere', paddingTop: '6px' },
  full: { width: '100%', minWidth: 0 },
  quiet: { color: tokens.colorNeutralForeground3 },
  warning: { color: tokens.colorStatusWarningForeground1 },
  made: { color: tokens.colorStatusSuccessForeground1, display: 'flex', gap: '4px', alignItems: 'center' },
});

const problemWords: Readonly<Record<RowProblem, MessageKey>> = {
  reading: 'many.problem.reading',
  unread: 'many.problem.unread',
  'email-missing': 'many.problem.email-missing',
  'name-missing': 'many.problem.name-missing',
  'name-taken': 'many.problem.name-taken',
  'list-missing': 'many.problem.list-missing',
  'connection-missing': 'many.problem.connection-missing',
};

interface ManyRowProps {
  readonly planned: PlannedExport;
  readonly lists: readonly ListView[];
  readonly listsPending: boolean;
  readonly made: ExportView | undefined;
  readonly failed: ClientError | undefined;
  readonly isMaking: boolean;
  readonly disabled: boolean;
  readonly onMatch: () => void;
}

/** The cells of one segment that becomes an export. */
export function ManyRowCells({ planned, lists, listsPending, made, failed, isMaking, onMatch, ...rest }: ManyRowProps) {
  const intl = useIntl();
  const styles = useStyles();
  const labelOf = useFieldLabel();
  const mountNode = useMainLandmark();
  const { row, segment, exportName, listName, list, fields, unmatched, problem } = planned;
  const name = segment?.name ?? '';
  const change = (given: Partial<ManyRow>): void => changeMany((many) => changeRow(many, row.segmentId, given));
  const disabled = rest.disabled || made !== undefined || !row.included;
  const matched = fields.filter(({ columnIndex }) => columnIndex !== null).map(({ field }) => labelOf(field));
  const offered = row.listName === null ? lists : lists.filter((each) => matchesSearch(each.name, listName));
  return (
    <tr className={mergeClasses(styles.row, !row.included && styles.left)} data-testid="many-row">
      <th scope="row" className={styles.cell}>
        <div className={styles.segment}>
          <Checkbox
            aria-label={intl.formatMessage({ id: 'many.include' }, { name })}
            checked={row.included}
            disabled={rest.disabled || made !== undefined}
            onChange={(_, { checked }) => change({ included: checked === true })}
          />
          <div className={mergeClasses(styles.stack, styles.words)}>
            <Text>{name}</Text>
            {segment !== undefined && (
              <Text size={200} className={styles.quiet}>
                {segment.state === 'reading' ? (
                  <FormattedMessage id="segment.reading" />
                ) : (
                  <FormattedMessage id="many.rows" values={{ count: segment.rowCount }} />
                )}
              </Text>
            )}
            {planned.exportsOfSame.length > 0 && made === undefined && (
              <Text size={200} className={styles.warning}>
                <FormattedMessage
                  id="many.exports-of-same"
                  values={{ names: intl.formatList(planned.exportsOfSame.map((view) => view.name)) }}
                />
              </Text>
            )}
          </div>
        </div>
      </th>
      <td className={styles.cell}>
        <div className={styles.stack}>
          <Input
            className={styles.full}
            aria-label={intl.formatMessage({ id: 'many.name-of' }, { name })}
            value={made?.name ?? exportName}
            maxLength={255}
            disabled={disabled}
            onChange={(_, { value }) => change({ exportName: value })}
          />
          {made !== undefined ? (
            <Text size={200} className={styles.made}>
              <CheckmarkCircleRegular aria-hidden />
              <FormattedMessage id="many.made-one" />
            </Text>
          ) : isMaking ? (
            <Spinner size="extra-tiny" label={intl.formatMessage({ id: 'many.making-one' })} />
          ) : failed !== undefined ? (
            <ErrorNotice error={failed} />
          ) : problem !== null && row.included ? (
            <Text size={200} className={problem === 'reading' ? styles.quiet : styles.warning}>
              <FormattedMessage id={problemWords[problem]} />
            </Text>
          ) : null}
        </div>
      </td>
      <td className={styles.cell}>
        <div className={styles.stack}>
          <Combobox
            className={styles.full}
            input={{ className: styles.full }}
            mountNode={mountNode}
            freeform
            aria-label={intl.formatMessage({ id: 'many.list-of' }, { name })}
            value={row.listName ?? listName}
            selectedOptions={list === null ? [] : [list.listId]}
            disabled={disabled}
            onChange={(event) => change({ listName: event.target.value })}
            onOptionSelect={(_, data) => {
              if (data.optionText !== undefined) change({ listName: data.optionText });
            }}
          >
            {offered.slice(0, mostOptions).map((each) => (
              <Option key={each.listId} value={each.listId}>
                {each.name}
              </Option>
            ))}
          </Combobox>
          {listName !== '' && !listsPending && (
            <Text size={200} className={styles.quiet}>
              {list === null ? (
                <FormattedMessage id="many.list.new" />
              ) : (
                <FormattedMessage id="many.list.known" values={{ count: list.membershipCount }} />
              )}
            </Text>
          )}
        </div>
      </td>
      <td className={styles.cell}>
        <div className={mergeClasses(styles.stack, styles.words)}>
          <Text size={200}>{matched.length === 0 ? '–' : intl.formatList(matched, { type: 'unit' })}</Text>
          {unmatched.length > 0 && (
            <Text size={200} className={unmatched.includes('email') ? styles.warning : styles.quiet}>
              <FormattedMessage
                id="many.unmatched"
                values={{ fields: intl.formatList(unmatched.map(labelOf), { type: 'unit' }) }}
              />
            </Text>
          )}
          {fields.length > 0 && (
            <Link
              as="button"
              disabled={disabled}
              aria-label={intl.formatMessage({ id: 'many.match-named' }, { name })}
              onClick={onMatch}
            >
              <FormattedMessage id="many.match" />
            </Link>
          )}
        </div>
      </td>
    </tr>
  );
}
