import { Button, Field, Input, makeStyles } from '@fluentui/react-components';
import { EyeOffRegular, EyeRegular } from '@fluentui/react-icons';
import { useState } from 'react';
import { useIntl } from 'react-intl';

const useStyles = makeStyles({ input: { width: '100%' } });

interface PasswordFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onValue: (value: string) => void;
  /** For a password that is being chosen, not given. */
  readonly isNew?: boolean;
  readonly hint?: string;
  readonly problem?: string | null;
  readonly autoFocus?: boolean;
  /** The person has gone on from it. */
  readonly onLeave?: () => void;
}

/** A password; it can be looked at while it is typed. */
export function PasswordField(props: PasswordFieldProps) {
  const intl = useIntl();
  const styles = useStyles();
  const [shown, setShown] = useState(false);
  const toggle = intl.formatMessage({ id: shown ? 'password.hide' : 'password.show' });
  return (
    <Field
      required
      label={props.label}
      {...(props.hint === undefined ? {} : { hint: props.hint })}
      {...(props.problem ? { validationState: 'error' as const, validationMessage: props.problem } : {})}
    >
      <Input
        className={styles.input}
        type={shown ? 'text' : 'password'}
        value={props.value}
        maxLength={200}
        autoComplete={props.isNew === true ? 'new-password' : 'current-password'}
        spellCheck={false}
        autoFocus={props.autoFocus === true}
        onBlur={() => props.onLeave?.()}
        onChange={(_, data) => props.onValue(data.value)}
        contentAfter={
          <Button
            appearance="transparent"
            size="small"
            icon={shown ? <EyeOffRegular /> : <EyeRegular />}
            title={toggle}
            aria-label={toggle}
            onClick={() => setShown(!shown)}
          />
        }
      />
    </Field>
  );
}
