import { Button, makeStyles } from '@fluentui/react-components';
import { DeleteRegular } from '@fluentui/react-icons';
import { useIntl } from 'react-intl';
import type { ProfileView, SegmentView } from '../../../preload/contract/views.ts';
import { isDateRow } from '../../stores/date-rows.ts';
import { changeDraft } from '../../stores/draft-store.ts';
import { type EditedField, matchField, removeField } from '../../stores/export-draft.ts';
import { chooseOptions } from '../../stores/matching-edits.ts';
import { useFieldLabel } from '../../text/use-field-label.ts';
import { ColumnDropdown } from './column-dropdown.tsx';
import { MatchEvidence } from './match-evidence.tsx';
import { DateOrderChoice, NameOrderChoice, WhenBlankChoice } from './reading-choices.tsx';

const useStyles = makeStyles({
  row: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr) 36px', gap: '8px', alignItems: 'start' },
  field: { display: 'flex', flexDirection: 'column', gap: '4px', minWidth: 0 },
  choices: { paddingLeft: '12px', display: 'flex', flexDirection: 'column', gap: '4px' },
  remove: { marginTop: '26px' },
});

interface MatchingRowProps {
  readonly row: EditedField;
  /** Segments that share the matching; the first stands for all. */
  readonly segments: readonly [SegmentView, ...SegmentView[]];
  /** Undefined until the columns have been looked through. */
  readonly profile: ProfileView | undefined;
}

/** One contact field: its column, how sure that is and why, and how the column's cells are read. */
export function MatchingRow({ row, segments, profile }: MatchingRowProps) {
  const intl = useIntl();
  const styles = useStyles();
  const labelOf = useFieldLabel();
  const { field, columnIndex, options } = row;
  const [first] = segments;
  const ids = segments.map(({ segmentId }) => segmentId);
  const label = labelOf(field);
  const column = columnIndex === null ? undefined : profile?.columns[columnIndex];
  const remove = intl.formatMessage({ id: 'matching.remove-attribute' }, { name: label });
  return (
    <div className={styles.row} data-testid={`match-${field}`}>
      <div className={styles.field}>
        <ColumnDropdown
          label={label}
          required={field === 'email'}
          segment={first}
          columnIndex={columnIndex}
          first={field === 'email' ? first.emailCandidates : []}
          onChange={(chosen) => changeDraft((draft) => matchField(draft, ids, field, chosen))}
        />
        {column !== undefined && profile !== undefined && (
          <MatchEvidence
            label={label}
            profile={column}
            rows={profile.rows}
            match={column.matches.find((match) => match.field === field)}
          />
        )}
        {column !== undefined && isDateRow(row) && (
          <div className={styles.choices}>
            <DateOrderChoice
              fieldLabel={label}
              chosen={options?.dateOrder}
              dates={column.dates}
              shortYears={field !== 'birthday' && column.samples.some((sample) => /[-/.]\d{2}$/.test(sample))}
              onChoose={(dateOrder) => changeDraft((draft) => chooseOptions(draft, ids, field, { dateOrder }))}
            />
          </div>
        )}
        {field === 'full_name' && columnIndex !== null && (
          <div className={styles.choices}>
            <NameOrderChoice
              chosen={options?.nameOrder}
              onChoose={(nameOrder) => changeDraft((draft) => chooseOptions(draft, ids, field, { nameOrder }))}
            />
          </div>
        )}
        {field !== 'email' && columnIndex !== null && (
          <div className={styles.choices}>
            <WhenBlankChoice
              fieldLabel={label}
              clears={options?.whenBlank === 'clear'}
              onChoose={(whenBlank) => changeDraft((draft) => chooseOptions(draft, ids, field, { whenBlank }))}
            />
          </div>
        )}
      </div>
      {field !== 'email' && (
        <Button
          className={styles.remove}
          appearance="subtle"
          icon={<DeleteRegular />}
          title={remove}
          aria-label={remove}
          onClick={() => changeDraft((draft) => removeField(draft, ids, field))}
        />
      )}
    </div>
  );
}
