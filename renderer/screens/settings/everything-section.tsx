import { Button, Field, Input, makeStyles } from '@fluentui/react-components';
import { useState } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import { call } from '../../bridge/client.ts';
import { ConfirmQuestion } from '../../components/confirm-question.tsx';
import { Modal } from '../../components/modal.tsx';
import { Section } from '../../components/section.tsx';
import { useAction } from '../../components/use-action.ts';

const useStyles = makeStyles({ stack: { display: 'flex', flexDirection: 'column', gap: '12px' } });

/** Deletes everything and begins anew, once the words that say so have been typed. */
export function EverythingSection({ anchor }: { readonly anchor: string }) {
  const intl = useIntl();
  const styles = useStyles();
  const [asking, setAsking] = useState(false);
  const [typed, setTyped] = useState('');
  const words = intl.formatMessage({ id: 'everything.words' });
  const confirmed = typed.trim().toLowerCase() === words.toLowerCase();
  const remove = useAction(async () => {
    await call('kept.deleteEverything', { confirmation: typed });
  });
  const close = (): void => {
    setAsking(false);
    setTyped('');
    remove.clear();
  };
  return (
    <Section
      title={<FormattedMessage id="everything.title" />}
      description={<FormattedMessage id="everything.description" />}
      anchor={anchor}
    >
      <Button onClick={() => setAsking(true)}>
        <FormattedMessage id="everything.begin" />
      </Button>
      <Modal onClose={close}>
        {asking ? (
          <ConfirmQuestion
            title={intl.formatMessage({ id: 'everything.ask.title' })}
            confirmLabel={intl.formatMessage({ id: 'everything.ask.confirm' })}
            pending={remove.pending || !confirmed}
            error={remove.error}
            onConfirm={() => confirmed && void remove.run()}
            onCancel={close}
          >
            <div className={styles.stack}>
              <FormattedMessage id="everything.ask.text" />
              <Field label={intl.formatMessage({ id: 'everything.ask.type' }, { words })}>
                <Input
                  value={typed}
                  autoComplete="off"
                  spellCheck={false}
                  onChange={(_, data) => setTyped(data.value)}
                />
              </Field>
            </div>
          </ConfirmQuestion>
        ) : null}
      </Modal>
    </Section>
  );
}
