import { makeStyles } from '@fluentui/react-components';
import { useState } from 'react';
import { useIntl } from 'react-intl';
import { PasswordField } from './password-field.tsx';

/** As short as a password may be; main says so too. */
const least = 8;

/** A password being chosen: typed twice, so that a slip is noticed. */
export interface NewPassword {
  readonly value: string;
  readonly again: string;
}

export const noPassword: NewPassword = { value: '', again: '' };

export const isGoodPassword = ({ value, again }: NewPassword): boolean =>
  [...value.normalize('NFKC')].length >= least && value === again;

const useStyles = makeStyles({
  pair: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(200px, 1fr))',
    gap: '12px',
    alignItems: 'start',
  },
});

interface NewPasswordFieldsProps {
  readonly label: string;
  readonly password: NewPassword;
  readonly onPassword: (password: NewPassword) => void;
  readonly autoFocus?: boolean;
}

/** Chooses a password. What is wrong with it is said once the person has gone on from it. */
export function NewPasswordFields({ label, password, onPassword, autoFocus = false }: NewPasswordFieldsProps) {
  const intl = useIntl();
  const styles = useStyles();
  const [left, setLeft] = useState<'none' | 'first' | 'both'>('none');
  const short = password.value !== '' && [...password.value.normalize('NFKC')].length < least;
  const differs = password.again !== '' && password.again !== password.value;
  return (
    <div className={styles.pair}>
      <PasswordField
        isNew
        onLeave={() => setLeft(left === 'none' ? 'first' : left)}
        autoFocus={autoFocus}
        label={label}
        hint={intl.formatMessage({ id: 'password.hint' }, { least })}
        value={password.value}
        onValue={(value) => onPassword({ ...password, value })}
        problem={left !== 'none' && short ? intl.formatMessage({ id: 'password.short' }, { least }) : null}
      />
      <PasswordField
        isNew
        onLeave={() => setLeft('both')}
        label={intl.formatMessage({ id: 'password.again' })}
        value={password.again}
        onValue={(again) => onPassword({ ...password, again })}
        problem={left === 'both' && differs ? intl.formatMessage({ id: 'password.differs' }) : null}
      />
    </div>
  );
}
