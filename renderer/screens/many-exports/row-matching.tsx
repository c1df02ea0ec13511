import {
  Button,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogTitle,
  Field,
  makeStyles,
  Select,
  Text,
  tokens,
} from '@fluentui/react-components';
import { useState } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import type { PlannedExport } from '../../stores/many-exports.ts';
import { changeRow } from '../../stores/many-exports.ts';
import { changeMany } from '../../stores/many-exports-store.ts';
import { useFieldLabel } from '../../text/use-field-label.ts';

const none = 'none';

const useStyles = makeStyles({
  content: { display: 'flex', flexDirection: 'column', gap: '12px' },
  quiet: { color: tokens.colorNeutralForeground2 },
});

interface RowMatchingProps {
  readonly planned: PlannedExport;
  readonly onDone: () => void;
}

/** Which column of one segment fills each shared field. What is chosen here holds for this segment alone. */
export function RowMatching({ planned, onDone }: RowMatchingProps) {
  const intl = useIntl();
  const styles = useStyles();
  const labelOf = useFieldLabel();
  const { row, segment, fields } = planned;
  const [columns, setColumns] = useState<Readonly<Record<string, number | null>>>(
    Object.fromEntries(fields.map(({ field, columnIndex }) => [field, columnIndex])),
  );
  const save = (): void => {
    const changed = fields.filter(({ field, columnIndex }) => columns[field] !== columnIndex);
    const chosen = Object.fromEntries(changed.map(({ field }) => [field, columns[field] ?? null]));
    changeMany((many) => changeRow(many, row.segmentId, { columns: { ...row.columns, ...chosen } }));
    onDone();
  };
  return (
    <DialogBody>
      <DialogTitle>
        <FormattedMessage id="many.matching.title" values={{ name: segment?.name ?? '' }} />
      </DialogTitle>
      <DialogContent className={styles.content}>
        <Text className={styles.quiet}>
          <FormattedMessage id="many.matching.hint" />
        </Text>
        {fields.map(({ field }) => {
          const index = columns[field] ?? null;
          const samples = index === null ? [] : (segment?.columns[index]?.samples ?? []);
          return (
            <Field
              key={field}
              label={labelOf(field)}
              required={field === 'email'}
              {...(samples.length > 0
                ? {
                    hint: intl.formatMessage(
                      { id: 'many.matching.samples' },
                      { samples: intl.formatList(samples.slice(0, 3), { type: 'unit' }) },
                    ),
                  }
                : {})}
            >
              <Select
                value={index === null ? none : String(index)}
                onChange={(_, { value }) => setColumns({ ...columns, [field]: value === none ? null : Number(value) })}
              >
                <option value={none}>{intl.formatMessage({ id: 'many.matching.none' })}</option>
                {segment?.columns.map(({ heading }, place) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place
                  <option key={place} value={String(place)}>
                    {heading.trim() === ''
                      ? intl.formatMessage({ id: 'matching.column' }, { number: place + 1 })
                      : heading}
                  </option>
                ))}
              </Select>
            </Field>
          );
        })}
      </DialogContent>
      <DialogActions>
        <Button appearance="primary" onClick={save}>
          <FormattedMessage id="many.matching.take" />
        </Button>
        <Button onClick={onDone}>
          <FormattedMessage id="action.cancel" />
        </Button>
      </DialogActions>
    </DialogBody>
  );
}
