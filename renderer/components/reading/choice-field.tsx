import { Dropdown, Field, makeStyles, Option } from '@fluentui/react-components';
import { useMainLandmark } from '../main-landmark.ts';

const useStyles = makeStyles({
  full: { minWidth: 0, width: '100%' },
  listbox: { maxHeight: '320px' },
});

interface ChoiceFieldProps<V extends string> {
  readonly label: string;
  readonly value: V;
  readonly options: readonly { readonly value: V; readonly text: string }[];
  readonly onChange: (value: V) => void;
}

/** One of a few values, by name. Choosing the same again changes nothing. */
export function ChoiceField<V extends string>({ label, value, options, onChange }: ChoiceFieldProps<V>) {
  const styles = useStyles();
  const mountNode = useMainLandmark();
  return (
    <Field label={label} size="small">
      <Dropdown
        size="small"
        className={styles.full}
        listbox={{ className: styles.listbox }}
        mountNode={mountNode}
        value={options.find((option) => option.value === value)?.text ?? value}
        selectedOptions={[value]}
        onOptionSelect={(_, data) => {
          const chosen = options.find((option) => option.value === data.optionValue);
          if (chosen !== undefined && chosen.value !== value) onChange(chosen.value);
        }}
      >
        {options.map((option) => (
          <Option key={option.value} value={option.value}>
            {option.text}
          </Option>
        ))}
      </Dropdown>
    </Field>
  );
}
