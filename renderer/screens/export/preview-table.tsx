import { Badge, makeStyles, mergeClasses, Text, tokens } from '@fluentui/react-components';
import { CheckmarkRegular, CopyRegular, DismissRegular } from '@fluentui/react-icons';
import { FormattedMessage, useIntl } from 'react-intl';
import { contactFields } from '../../../preload/contract/contact-fields.ts';
import type { CheckView } from '../../../preload/contract/views.ts';
import { ScrollRegion } from '../../components/scroll-region.tsx';
import { reasonLabel } from '../../text/labels.ts';
import { useFieldLabel } from '../../text/use-field-label.ts';
import { useFormat } from '../../text/use-format.ts';

type PreviewRow = CheckView['preview'][number];

const useStyles = makeStyles({
  table: { borderCollapse: 'collapse', width: '100%', fontSize: tokens.fontSizeBase200 },
  head: {
    position: 'sticky',
    top: 0,
    backgroundColor: tokens.colorNeutralBackground3,
    textAlign: 'left',
    padding: '8px 10px',
    fontWeight: tokens.fontWeightSemibold,
    whiteSpace: 'nowrap',
    zIndex: 1,
  },
  cell: {
    padding: '6px 10px',
    borderTop: `1px solid ${tokens.colorNeutralStroke3}`,
    whiteSpace: 'nowrap',
    maxWidth: '32ch',
    overflow: 'hidden',
    textOverflow: 'ellipsis',
  },
  outcome: { maxWidth: 'none' },
  number: { textAlign: 'right', fontVariantNumeric: 'tabular-nums', color: tokens.colorNeutralForeground3 },
  headNumber: { textAlign: 'right' },
  notSent: { color: tokens.colorNeutralForeground3 },
  reason: { display: 'inline-block', '::first-letter': { textTransform: 'uppercase' } },
  title: { display: 'block', marginBottom: '6px' },
});

function Outcome({ row }: { readonly row: PreviewRow }) {
  const intl = useIntl();
  const styles = useStyles();
  if (row.outcome === 'send')
    return (
      <Badge appearance="tint" color="success" icon={<CheckmarkRegular />}>
        <FormattedMessage id="preview.send" />
      </Badge>
    );
  if (row.outcome === 'duplicate')
    return (
      <Badge appearance="tint" color="informative" icon={<CopyRegular />}>
        <FormattedMessage id="preview.duplicate" />
      </Badge>
    );
  return (
    <Badge appearance="tint" color="danger" icon={<DismissRegular />}>
      <span className={styles.reason}>
        {intl.formatMessage({ id: row.reason === null ? 'preview.rejected' : reasonLabel(row.reason) })}
      </span>
    </Badge>
  );
}

/** The fields that some row fills, in the order they are offered; custom ones after them. */
function fieldsOf(preview: CheckView['preview']): string[] {
  const present = new Set(preview.flatMap((row) => row.values.map((value) => value.field)));
  const known = contactFields.map((candidate): string => candidate.field);
  return [...known.filter((field) => present.has(field)), ...[...present].filter((field) => !known.includes(field))];
}

/** The first rows as finished contacts, each with what would become of it. */
export function PreviewTable({ preview }: { readonly preview: CheckView['preview'] }) {
  const styles = useStyles();
  const format = useFormat();
  const labelOf = useFieldLabel();
  const intl = useIntl();
  if (preview.length === 0) return null;
  const title = intl.formatMessage({ id: 'preview.title' }, { count: preview.length });
  const fields = fieldsOf(preview);
  return (
    <div>
      <Text weight="semibold" className={styles.title}>
        {title}
      </Text>
      <ScrollRegion label={title} maxHeight={320}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col" className={mergeClasses(styles.head, styles.headNumber)}>
                <FormattedMessage id="preview.row" />
              </th>
              <th scope="col" className={styles.head}>
                <FormattedMessage id="preview.outcome" />
              </th>
              {fields.map((field) => (
                <th key={field} scope="col" className={styles.head}>
                  {labelOf(field)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {preview.map((row) => (
              <tr key={`${row.segmentId} ${row.rowNumber}`}>
                <td className={mergeClasses(styles.cell, styles.number)}>{format.number(row.rowNumber)}</td>
                <td className={mergeClasses(styles.cell, styles.outcome)}>
                  <Outcome row={row} />
                </td>
                {fields.map((field) => {
                  const value = row.values.find((candidate) => candidate.field === field)?.value ?? '';
                  return (
                    <td
                      key={field}
                      className={mergeClasses(styles.cell, row.outcome !== 'send' && styles.notSent)}
                      title={value}
                    >
                      {value}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
    </div>
  );
}
