import { Text } from '@fluentui/react-components';
import { useState } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import { call } from '../../bridge/client.ts';
import { FormDialog } from '../../components/form-dialog.tsx';
import { Modal } from '../../components/modal.tsx';
import { PasswordField } from '../../components/password-field.tsx';
import { useAction } from '../../components/use-action.ts';
import { useMirror } from '../../stores/mirror-store.ts';
import { usePasswordQuestion } from '../../stores/password-question.ts';

function Question({ onConfirmed, onCancel }: { readonly onConfirmed: () => void; readonly onCancel: () => void }) {
  const intl = useIntl();
  const name = useMirror((mirror) => mirror.person.displayName);
  const [password, setPassword] = useState('');
  const confirm = useAction(async () => {
    try {
      await call('people.confirm', { password });
    } finally {
      setPassword('');
    }
    onConfirmed();
  });
  return (
    <FormDialog
      title={intl.formatMessage({ id: 'password.confirm.title' })}
      confirmLabel={intl.formatMessage({ id: 'action.continue' })}
      ready={password !== ''}
      pending={confirm.pending}
      error={confirm.error}
      onConfirm={() => void confirm.run()}
      onCancel={onCancel}
    >
      <Text>
        <FormattedMessage id="password.confirm.text" values={{ name }} />
      </Text>
      <PasswordField
        autoFocus
        label={intl.formatMessage({ id: 'password.own' })}
        value={password}
        onValue={setPassword}
      />
    </FormDialog>
  );
}

/** Asks for the person's own password before something that only they may do. */
export function PasswordQuestion() {
  const asked = usePasswordQuestion((state) => state.asked);
  const end = (then: () => void): void => {
    usePasswordQuestion.setState({ asked: null });
    then();
  };
  const giveUp = (): void => {
    if (asked !== null) end(asked.givenUp);
  };
  return (
    <Modal onClose={giveUp}>
      {asked === null ? null : <Question onConfirmed={() => end(asked.confirmed)} onCancel={giveUp} />}
    </Modal>
  );
}
