import { Field, makeStyles, ToggleButton } from '@fluentui/react-components';

const useStyles = makeStyles({
  days: { border: 'none', margin: 0, padding: 0, minWidth: 0, display: 'flex', flexWrap: 'wrap', gap: '4px' },
  grid: {
    border: 'none',
    margin: 0,
    padding: 0,
    minWidth: 0,
    display: 'grid',
    gridTemplateColumns: 'repeat(11, minmax(36px, 44px))',
    gap: '4px',
  },
  day: { minWidth: '36px', paddingLeft: '4px', paddingRight: '4px' },
  last: { gridColumn: 'span 3' },
});

interface DayTogglesProps {
  readonly label: string;
  /** `long` where `name`, which stands on the button, is shortened: told beside it. */
  readonly days: readonly { readonly day: number; readonly name: string; readonly long?: string }[];
  readonly chosen: readonly number[];
  readonly onChange: (chosen: number[]) => void;
  readonly wrong: string | null;
  /** Many small ones side by side, as on a calendar's page. */
  readonly asGrid?: boolean;
}

/** Days that are each on or off. */
export function DayToggles({ label, days, chosen, onChange, wrong, asGrid = false }: DayTogglesProps) {
  const styles = useStyles();
  const toggle = (day: number) =>
    onChange(chosen.includes(day) ? chosen.filter((other) => other !== day) : [...chosen, day].sort((a, b) => a - b));
  return (
    <Field label={label} {...(wrong === null ? {} : { validationState: 'error' as const, validationMessage: wrong })}>
      <fieldset className={asGrid ? styles.grid : styles.days}>
        {days.map(({ day, name, long }) => (
          <ToggleButton
            key={day}
            size={asGrid ? 'small' : 'medium'}
            className={name.length > 4 && asGrid ? styles.last : styles.day}
            checked={chosen.includes(day)}
            title={long}
            appearance={chosen.includes(day) ? 'primary' : 'secondary'}
            onClick={() => toggle(day)}
          >
            {name}
          </ToggleButton>
        ))}
      </fieldset>
    </Field>
  );
}
