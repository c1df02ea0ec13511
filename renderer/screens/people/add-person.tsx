import { Text } from '@fluentui/react-components';
import { useState } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import type { Role } from '../../../preload/contract/views.ts';
import { FormDialog } from '../../components/form-dialog.tsx';
import { isGoodPassword, NewPasswordFields, noPassword } from '../../components/new-password-fields.tsx';
import { useAction } from '../../components/use-action.ts';
import { useMirror } from '../../stores/mirror-store.ts';
import { callConfirmed } from '../../stores/password-question.ts';
import { notify } from '../../stores/ui-store.ts';
import { RoleFields } from './role-fields.tsx';

/** One person more, with a first password; whoever adds the second person gets one too. */
export function AddPerson({ onDone }: { readonly onDone: (added: boolean) => void }) {
  const intl = useIntl();
  const hasPassword = useMirror((mirror) => mirror.person.hasPassword);
  const own = useMirror((mirror) => mirror.person.displayName);
  const [displayName, setDisplayName] = useState('');
  const [role, setRole] = useState<Role>('contributor');
  const [password, setPassword] = useState(noPassword);
  const [ownPassword, setOwnPassword] = useState(noPassword);
  // Once the person has one, the form goes on asking only for what it asked for at first.
  const [asksOwn] = useState(!hasPassword);
  const add = useAction(async () => {
    const added = await callConfirmed('people.add', {
      displayName,
      role,
      password: password.value,
      ...(asksOwn ? { ownPassword: ownPassword.value } : {}),
    });
    onDone(true);
    notify('people.added', { name: added.displayName });
  });
  return (
    <FormDialog
      title={intl.formatMessage({ id: 'people.add.title' })}
      confirmLabel={intl.formatMessage({ id: 'people.add.confirm' })}
      ready={displayName.trim() !== '' && isGoodPassword(password) && (!asksOwn || isGoodPassword(ownPassword))}
      pending={add.pending}
      error={add.error}
      onConfirm={() => void add.run()}
      onCancel={() => onDone(false)}
    >
      <RoleFields displayName={displayName} role={role} onDisplayName={setDisplayName} onRole={setRole} />
      <NewPasswordFields
        label={intl.formatMessage({ id: 'people.add.password' })}
        password={password}
        onPassword={setPassword}
      />
      {asksOwn && (
        <>
          <Text>
            <FormattedMessage id="people.add.own" values={{ name: own }} />
          </Text>
          <NewPasswordFields
            label={intl.formatMessage({ id: 'password.own' })}
            password={ownPassword}
            onPassword={setOwnPassword}
          />
        </>
      )}
    </FormDialog>
  );
}
