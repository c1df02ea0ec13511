import { Button, Field, Input, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { CheckmarkRegular, CopyRegular } from '@fluentui/react-icons';
import { useRef, useState } from 'react';
import { useIntl } from 'react-intl';

const useStyles = makeStyles({
  row: { display: 'flex', gap: '8px', alignItems: 'center' },
  input: { flex: '1 1 auto', minWidth: 0 },
  text: { fontFamily: tokens.fontFamilyMonospace },
  large: { fontSize: tokens.fontSizeHero700, fontWeight: tokens.fontWeightSemibold, letterSpacing: '0.15em' },
  tall: { height: '52px' },
});

interface CopyFieldProps {
  /** What the text is, for screen readers and as the name of the button. */
  readonly label: string;
  readonly value: string;
  readonly showLabel?: boolean;
  /** For what is to be read off and typed elsewhere. */
  readonly large?: boolean;
}

/** A text to be pasted elsewhere. Where the clipboard is refused, the text is selected, ready for the keyboard. */
export function CopyField({ label, value, showLabel = false, large = false }: CopyFieldProps) {
  const intl = useIntl();
  const styles = useStyles();
  const input = useRef<HTMLInputElement>(null);
  const [copied, setCopied] = useState(false);
  const copy = (): void => {
    navigator.clipboard.writeText(value).then(
      () => setCopied(true),
      () => input.current?.select(),
    );
  };
  return (
    <Field {...(showLabel ? { label } : {})}>
      <div className={styles.row}>
        <Input
          readOnly
          value={value}
          aria-label={label}
          className={mergeClasses(styles.input, large && styles.tall)}
          input={{ className: mergeClasses(styles.text, large && styles.large), ref: input }}
          onFocus={(event) => event.target.select()}
        />
        <Button
          icon={copied ? <CheckmarkRegular /> : <CopyRegular />}
          onClick={copy}
          onBlur={() => setCopied(false)}
          aria-label={intl.formatMessage({ id: 'action.copy-named' }, { name: label })}
        >
          {intl.formatMessage({ id: copied ? 'action.copied' : 'action.copy' })}
        </Button>
      </div>
    </Field>
  );
}
