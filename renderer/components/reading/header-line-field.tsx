import { Checkbox, Field, Input, makeStyles } from '@fluentui/react-components';
import { useEffect, useState } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';

/** What is typed or clicked faster than this is taken at its end. */
const settleMs = 350;
const highestLine = 100_000;

const useStyles = makeStyles({
  stack: { display: 'flex', flexDirection: 'column', minWidth: 0 },
  input: { minWidth: 0, width: '100%' },
});

interface HeaderLineFieldProps {
  readonly headerLine: number | null;
  /** A sheet has rows where a text has lines. */
  readonly rows: boolean;
  readonly onChange: (headerLine: number | null) => void;
}

/** The line with the headings, by its number, or that there is none. */
export function HeaderLineField({ headerLine, rows, onChange }: HeaderLineFieldProps) {
  const intl = useIntl();
  const styles = useStyles();
  const [typed, setTyped] = useState<string | null>(null);
  const line = Number(typed);
  const valid = typed === null || (Number.isInteger(line) && line >= 1 && line <= highestLine);

  // biome-ignore lint/correctness/useExhaustiveDependencies: only what is typed starts the wait
  useEffect(() => {
    if (typed === null) return;
    const timer = setTimeout(() => {
      if (valid && line !== headerLine) onChange(line);
      if (valid) setTyped(null);
    }, settleMs);
    return () => clearTimeout(timer);
  }, [typed]);

  return (
    <div className={styles.stack}>
      <Field
        size="small"
        label={intl.formatMessage({ id: rows ? 'reading.header-row' : 'reading.header-line' })}
        {...(valid
          ? {}
          : { validationState: 'error', validationMessage: intl.formatMessage({ id: 'reading.header-line.wrong' }) })}
      >
        <Input
          size="small"
          type="number"
          min={1}
          max={highestLine}
          className={styles.input}
          disabled={headerLine === null}
          value={typed ?? (headerLine === null ? '' : String(headerLine))}
          onChange={(_, data) => setTyped(data.value)}
        />
      </Field>
      <Checkbox
        label={<FormattedMessage id="reading.no-header-line" />}
        checked={headerLine === null}
        onChange={(_, data) => {
          setTyped(null);
          onChange(data.checked === true ? null : 1);
        }}
      />
    </div>
  );
}
