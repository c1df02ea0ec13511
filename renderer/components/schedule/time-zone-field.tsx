import { Combobox, Field, Option } from '@fluentui/react-components';
import { useState } from 'react';
import { useIntl } from 'react-intl';
import { matchesSearch } from '../../text/format.ts';
import { timeZoneName } from '../../text/schedule-words.ts';

/** More than anybody looks through; typing narrows them down. */
const shownZones = 80;

const allZones: readonly string[] = [...new Set([...Intl.supportedValuesOf('timeZone'), 'UTC'])];

/** `GMT+2`, as it is now. */
function offsetOf(timeZone: string, locale: string): string {
  const parts = new Intl.DateTimeFormat(locale, { timeZone, timeZoneName: 'shortOffset' }).formatToParts();
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
}

interface TimeZoneFieldProps {
  readonly value: string;
  readonly onChange: (timeZone: string) => void;
}

/** Chooses a time zone, found by typing a part of its name. */
export function TimeZoneField({ value, onChange }: TimeZoneFieldProps) {
  const intl = useIntl();
  /** What was typed and not chosen yet; null while nothing is. */
  const [typed, setTyped] = useState<string | null>(null);
  const found = typed === null ? [] : allZones.filter((zone) => matchesSearch(timeZoneName(zone), typed));
  const shown = typed === null ? [value, ...allZones.filter((zone) => zone !== value)] : found;
  return (
    <Field label={intl.formatMessage({ id: 'schedule.time-zone' })}>
      <Combobox
        value={typed ?? timeZoneName(value)}
        selectedOptions={[value]}
        placeholder={intl.formatMessage({ id: 'schedule.time-zone' })}
        onChange={(event) => setTyped(event.target.value)}
        onOptionSelect={(_, data) => {
          // Typing takes the choice back, which is no choice of another one.
          if (data.optionValue === undefined) return;
          setTyped(null);
          onChange(data.optionValue);
        }}
        onBlur={() => setTyped(null)}
      >
        {shown.slice(0, shownZones).map((zone) => (
          <Option key={zone} value={zone} text={timeZoneName(zone)}>
            {`${timeZoneName(zone)} (${offsetOf(zone, intl.locale)})`}
          </Option>
        ))}
      </Combobox>
    </Field>
  );
}
