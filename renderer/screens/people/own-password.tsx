import { Checkbox, Text } from '@fluentui/react-components';
import { useState } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import { create } from 'zustand';
import { call } from '../../bridge/client.ts';
import { FormDialog } from '../../components/form-dialog.tsx';
import { Modal } from '../../components/modal.tsx';
import { isGoodPassword, NewPasswordFields, noPassword } from '../../components/new-password-fields.tsx';
import { PasswordField } from '../../components/password-field.tsx';
import { useAction } from '../../components/use-action.ts';
import { useMirror } from '../../stores/mirror-store.ts';
import { notify } from '../../stores/ui-store.ts';

const useOwnPassword = create<{ readonly open: boolean }>(() => ({ open: false }));

/** Opens the dialog in which a person changes their own password, or gives themselves one. */
export function changeOwnPassword(): void {
  useOwnPassword.setState({ open: true });
}

function Form({ onDone }: { readonly onDone: () => void }) {
  const intl = useIntl();
  const [hasPassword] = useState(useMirror((mirror) => mirror.person.hasPassword));
  const [current, setCurrent] = useState('');
  const [password, setPassword] = useState(noPassword);
  const [without, setWithout] = useState(false);
  const save = useAction(async () => {
    await call('people.changeOwnPassword', {
      current: hasPassword ? current : null,
      password: without ? null : password.value,
    });
    onDone();
    notify(without ? 'password.dropped' : 'password.changed');
  });
  return (
    <FormDialog
      title={intl.formatMessage({ id: hasPassword ? 'password.change' : 'password.first' })}
      confirmLabel={intl.formatMessage({ id: 'action.save' })}
      ready={(!hasPassword || current !== '') && (without || isGoodPassword(password))}
      pending={save.pending}
      error={save.error}
      onConfirm={() => void save.run()}
      onCancel={onDone}
    >
      {hasPassword ? (
        <PasswordField
          autoFocus
          label={intl.formatMessage({ id: 'password.current' })}
          value={current}
          onValue={setCurrent}
        />
      ) : (
        <Text>
          <FormattedMessage id="password.first.text" />
        </Text>
      )}
      {!without && (
        <NewPasswordFields
          label={intl.formatMessage({ id: 'password.new' })}
          password={password}
          onPassword={setPassword}
        />
      )}
      {hasPassword && (
        <Checkbox
          checked={without}
          label={intl.formatMessage({ id: 'password.without' })}
          onChange={(_, data) => setWithout(data.checked === true)}
        />
      )}
    </FormDialog>
  );
}

/** One's own password: a first one, another one, or none any more where one is alone. */
export function OwnPasswordDialog() {
  const open = useOwnPassword((state) => state.open);
  const close = (): void => useOwnPassword.setState({ open: false });
  return <Modal onClose={close}>{open ? <Form onDone={close} /> : null}</Modal>;
}
