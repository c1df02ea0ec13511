import { Button, Field, Input, makeStyles, ProgressBar, Text, tokens } from '@fluentui/react-components';
import { useEffect, useState } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import type { PersonFound } from '../../../preload/contract/views.ts';
import { call } from '../../bridge/client.ts';
import { ConfirmQuestion } from '../../components/confirm-question.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Modal } from '../../components/modal.tsx';
import { Section } from '../../components/section.tsx';
import { useAction } from '../../components/use-action.ts';

const useStyles = makeStyles({
  stack: { display: 'flex', flexDirection: 'column', gap: '12px' },
  form: { display: 'flex', flexWrap: 'wrap', alignItems: 'end', gap: '8px' },
  address: { flex: '1 1 260px', maxWidth: '420px' },
  list: { margin: 0, paddingInlineStart: '20px' },
  file: { overflowWrap: 'anywhere' },
  quiet: { color: tokens.colorNeutralForeground2 },
});

/** What was found about somebody, place by place. */
function Places({ places }: Pick<PersonFound, 'places'>) {
  const styles = useStyles();
  return (
    <ul className={styles.list} data-testid="person-places">
      {places.map(({ place, count }) => (
        <li key={place}>
          <FormattedMessage id={`forget.place.${place}`} values={{ count }} />
        </li>
      ))}
    </ul>
  );
}

/** What Segue cannot change: the person's own files, and the account. */
function Elsewhere({ ownFiles }: Pick<PersonFound, 'ownFiles'>) {
  const styles = useStyles();
  return (
    <div className={styles.quiet}>
      <FormattedMessage id="forget.elsewhere" values={{ count: ownFiles.length }} />
      {ownFiles.length > 0 && (
        <ul className={styles.list}>
          {ownFiles.map((file) => (
            <li key={file} className={styles.file}>
              {file}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** Deletes everything about one address: shows first where it stands, asks, does it, and says what is left. */
export function ForgetSection({ anchor }: { readonly anchor: string }) {
  const intl = useIntl();
  const styles = useStyles();
  const [address, setAddress] = useState('');
  const [found, setFound] = useState<PersonFound | null>(null);
  const [left, setLeft] = useState<PersonFound | null>(null);
  const [asking, setAsking] = useState(false);
  const [progress, setProgress] = useState<number | null>(null);
  const find = useAction(async () => {
    setLeft(null);
    setFound(null);
    setFound(await call('kept.findPerson', { address }));
  });
  const forget = useAction(async (who: string) => {
    setProgress(0);
    try {
      setLeft(await call('kept.forgetPerson', { address: who }));
      setFound(null);
      setAddress('');
      setAsking(false);
    } finally {
      setProgress(null);
    }
  });
  useEffect(
    () =>
      window.segue.on('kept.progress', ({ value }) =>
        setProgress((shown) => (shown === null ? null : value.done / value.total)),
      ),
    [],
  );
  return (
    <Section
      title={<FormattedMessage id="forget.title" />}
      description={<FormattedMessage id="forget.description" />}
      anchor={anchor}
    >
      <div className={styles.stack}>
        <form
          className={styles.form}
          onSubmit={(event) => {
            event.preventDefault();
            if (address.trim() !== '') void find.run();
          }}
        >
          <Field className={styles.address} label={intl.formatMessage({ id: 'forget.address' })}>
            <Input
              type="text"
              inputMode="email"
              autoComplete="off"
              spellCheck={false}
              value={address}
              onChange={(_, data) => setAddress(data.value)}
            />
          </Field>
          <Button type="submit" disabled={address.trim() === ''} disabledFocusable={find.pending}>
            <FormattedMessage id="forget.find" />
          </Button>
        </form>
        {find.pending && <ProgressBar aria-label={intl.formatMessage({ id: 'forget.finding' })} />}
        <ErrorNotice error={find.error} />
        <div role="status" className={styles.stack}>
          {found !== null && found.places.length === 0 && (
            <Text>
              <FormattedMessage id="forget.nothing" values={{ address: found.address }} />
            </Text>
          )}
          {found !== null && found.places.length > 0 && (
            <>
              <Text weight="semibold">
                <FormattedMessage id="forget.found" values={{ address: found.address }} />
              </Text>
              <Places places={found.places} />
            </>
          )}
          {left !== null && (
            <>
              <Text weight="semibold" data-testid="forgotten">
                <FormattedMessage id={left.places.length === 0 ? 'forget.done' : 'forget.done-but'} />
              </Text>
              {left.places.length > 0 && <Places places={left.places} />}
              <Elsewhere ownFiles={left.ownFiles} />
            </>
          )}
        </div>
        {found !== null && (
          <>
            <Elsewhere ownFiles={found.ownFiles} />
            <div>
              <Button appearance="primary" onClick={() => setAsking(true)}>
                <FormattedMessage id={found.places.length === 0 ? 'forget.hold-back' : 'forget.delete'} />
              </Button>
            </div>
          </>
        )}
      </div>
      <Modal onClose={() => progress === null && setAsking(false)}>
        {!asking || found === null ? null : (
          <ConfirmQuestion
            title={intl.formatMessage({ id: 'forget.ask.title' }, { address: found.address })}
            confirmLabel={intl.formatMessage({ id: 'forget.ask.confirm' })}
            pending={forget.pending}
            error={forget.error}
            onConfirm={() => void forget.run(found.address)}
            onCancel={() => progress === null && setAsking(false)}
          >
            <div className={styles.stack}>
              <FormattedMessage id="forget.ask.text" />
              {found.stoppedRuns.length > 0 && (
                <Text>
                  <FormattedMessage
                    id="forget.ask.stopped"
                    values={{ count: found.stoppedRuns.length, exports: found.stoppedRuns.join(', ') }}
                  />
                </Text>
              )}
              {progress !== null && (
                <ProgressBar value={progress} aria-label={intl.formatMessage({ id: 'forget.deleting' })} />
              )}
            </div>
          </ConfirmQuestion>
        )}
      </Modal>
    </Section>
  );
}
