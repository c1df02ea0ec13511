import { Dropdown, Field, makeStyles, Option, Text, tokens } from '@fluentui/react-components';
import { useIntl } from 'react-intl';
import type { SegmentView } from '../../../preload/contract/views.ts';
import { useMainLandmark } from '../../components/main-landmark.ts';

/** Value of the option that takes the match away; columns are numbers. */
const none = 'none';

const useStyles = makeStyles({
  full: { minWidth: 0, width: '100%' },
  listbox: { maxHeight: '320px' },
  option: { display: 'flex', flexDirection: 'column', minWidth: 0 },
  samples: {
    color: tokens.colorNeutralForeground3,
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
    maxWidth: '48ch',
  },
});

interface ColumnDropdownProps {
  readonly label: string;
  readonly required: boolean;
  readonly segment: SegmentView;
  readonly columnIndex: number | null;
  /** Columns to be offered before the others. */
  readonly first: readonly number[];
  readonly onChange: (columnIndex: number | null) => void;
}

/** Chooses a column of a file by its heading, with values from the file beside it. */
export function ColumnDropdown({ label, required, segment, columnIndex, first, onChange }: ColumnDropdownProps) {
  const intl = useIntl();
  const styles = useStyles();
  const mountNode = useMainLandmark();
  const { columns } = segment;
  const seen = new Map<string, number>();
  for (const { heading } of columns) seen.set(heading, (seen.get(heading) ?? 0) + 1);
  const nameOf = (index: number): string => {
    const heading = columns[index]?.heading ?? '';
    if (heading.trim() === '') return intl.formatMessage({ id: 'matching.column' }, { number: index + 1 });
    if ((seen.get(heading) ?? 0) < 2) return heading;
    return intl.formatMessage({ id: 'matching.column-named' }, { heading, number: index + 1 });
  };
  const samplesOf = (index: number): string =>
    (columns[index]?.samples ?? [])
      .filter((sample) => sample !== '')
      .slice(0, 3)
      .join(' · ');
  const order = [...first, ...columns.keys()].filter((index, position, all) => all.indexOf(index) === position);
  const samples = columnIndex === null ? '' : samplesOf(columnIndex);

  return (
    <Field
      label={label}
      required={required}
      {...(samples === '' ? {} : { hint: samples })}
      {...(required && columnIndex === null
        ? { validationState: 'error', validationMessage: intl.formatMessage({ id: 'matching.choose-email' }) }
        : {})}
    >
      <Dropdown
        mountNode={mountNode}
        className={styles.full}
        listbox={{ className: styles.listbox }}
        placeholder={intl.formatMessage({ id: 'matching.choose' })}
        value={columnIndex === null ? '' : nameOf(columnIndex)}
        selectedOptions={columnIndex === null ? [] : [String(columnIndex)]}
        onOptionSelect={(_, data) =>
          onChange(data.optionValue === undefined || data.optionValue === none ? null : Number(data.optionValue))
        }
      >
        {!required && (
          <Option value={none} text={intl.formatMessage({ id: 'matching.none' })}>
            {intl.formatMessage({ id: 'matching.none' })}
          </Option>
        )}
        {order.map((index) => (
          <Option key={index} value={String(index)} text={nameOf(index)}>
            <span className={styles.option}>
              <span>{nameOf(index)}</span>
              <Text size={200} className={styles.samples}>
                {samplesOf(index)}
              </Text>
            </span>
          </Option>
        ))}
      </Dropdown>
    </Field>
  );
}
