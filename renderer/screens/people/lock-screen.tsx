import { Avatar, Button, Link, makeStyles, Radio, RadioGroup, Text, tokens } from '@fluentui/react-components';
import { type FormEvent, useState } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import type { CallOutput } from '../../../preload/contract/contract.ts';
import { call } from '../../bridge/client.ts';
import { BrandMark } from '../../components/brand-mark.tsx';
import { CopyField } from '../../components/copy-field.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { PasswordField } from '../../components/password-field.tsx';
import { ScreenTitle } from '../../components/screen-title.tsx';
import { useAction } from '../../components/use-action.ts';
import { useNow } from '../../components/use-now.ts';

export type Door = CallOutput<'people.getDoor'>;

const useStyles = makeStyles({
  ground: { height: '100%', overflow: 'auto', display: 'grid', placeItems: 'center', padding: '24px' },
  card: {
    width: '420px',
    maxWidth: '100%',
    boxSizing: 'border-box',
    display: 'flex',
    flexDirection: 'column',
    gap: '16px',
    padding: '28px 32px',
    backgroundColor: tokens.colorNeutralBackground1,
    borderRadius: tokens.borderRadiusXLarge,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  head: { display: 'flex', alignItems: 'center', gap: '12px' },
  people: { flexShrink: 0, maxHeight: '240px', overflow: 'auto', paddingBlock: '4px' },
  person: { display: 'flex', alignItems: 'center', gap: '8px' },
  quiet: { color: tokens.colorNeutralForeground2 },
  foot: { display: 'flex', alignItems: 'center', justifyContent: 'space-between', gap: '12px', flexWrap: 'wrap' },
});

/** Until when each person has to wait after wrong passwords, epoch milliseconds. */
type Waits = Readonly<Record<string, number>>;

/** The locked window: who comes in, with their password. The window begins anew as theirs. */
export function LockScreen({ door }: { readonly door: Door }) {
  const intl = useIntl();
  const styles = useStyles();
  const [personId, setPersonId] = useState(door.lastPersonId ?? door.people[0]?.personId ?? '');
  const [password, setPassword] = useState('');
  const [forgot, setForgot] = useState(false);
  const [waits, setWaits] = useState<Waits>(() =>
    Object.fromEntries(door.people.map((person) => [person.personId, Date.now() + person.secondsToWait * 1_000])),
  );
  const now = useNow(500);
  const secondsLeft = Math.max(0, Math.ceil(((waits[personId] ?? 0) - now) / 1_000));
  const enter = useAction(async () => {
    try {
      await call('people.enter', { personId, password });
    } finally {
      setPassword('');
      const { people } = await call('people.getDoor', {});
      setWaits(Object.fromEntries(people.map((one) => [one.personId, Date.now() + one.secondsToWait * 1_000])));
    }
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (password !== '' && secondsLeft === 0) void enter.run();
  };
  const choose = (id: string): void => {
    setPersonId(id);
    setPassword('');
    enter.clear();
  };
  return (
    <main className={styles.ground}>
      <form className={styles.card} onSubmit={submit}>
        <div className={styles.head}>
          <BrandMark size={36} />
          <ScreenTitle>
            <FormattedMessage id="lock.title" />
          </ScreenTitle>
        </div>
        <RadioGroup
          className={styles.people}
          value={personId}
          aria-label={intl.formatMessage({ id: 'lock.people' })}
          onChange={(_, data) => choose(data.value)}
        >
          {door.people.map((person) => (
            <Radio
              key={person.personId}
              value={person.personId}
              label={
                <span className={styles.person}>
                  <Avatar name={person.displayName} size={24} color="brand" aria-hidden />
                  {person.displayName}
                </span>
              }
            />
          ))}
        </RadioGroup>
        <PasswordField
          autoFocus
          label={intl.formatMessage({ id: 'password.label' })}
          value={password}
          onValue={setPassword}
        />
        <ErrorNotice error={enter.error} />
        {secondsLeft > 0 && (
          <Text className={styles.quiet} data-testid="lock-wait">
            <FormattedMessage id="lock.wait" values={{ seconds: secondsLeft }} />
          </Text>
        )}
        <div className={styles.foot}>
          <Button
            type="submit"
            appearance="primary"
            disabled={password === '' || secondsLeft > 0}
            disabledFocusable={enter.pending}
          >
            <FormattedMessage id="lock.enter" />
          </Button>
          <Link as="button" type="button" aria-expanded={forgot} onClick={() => setForgot(!forgot)}>
            <FormattedMessage id="lock.forgot" />
          </Link>
        </div>
        {forgot && (
          <>
            <Text className={styles.quiet}>
              <FormattedMessage id="lock.forgot.ask" />
            </Text>
            <Text className={styles.quiet}>
              <FormattedMessage id="lock.forgot.all" />
            </Text>
            <CopyField label={intl.formatMessage({ id: 'lock.folder' })} value={door.folder} />
          </>
        )}
      </form>
    </main>
  );
}
