import { useState } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import type { ListedPersonView } from '../../../preload/contract/views.ts';
import { ConfirmQuestion } from '../../components/confirm-question.tsx';
import { FormDialog } from '../../components/form-dialog.tsx';
import { isGoodPassword, NewPasswordFields, noPassword } from '../../components/new-password-fields.tsx';
import { useAction } from '../../components/use-action.ts';
import { callConfirmed } from '../../stores/password-question.ts';
import { notify } from '../../stores/ui-store.ts';
import { RoleFields } from './role-fields.tsx';

interface AboutPersonProps {
  readonly person: ListedPersonView;
  /** `changed` when the list of people is another now. */
  readonly onDone: (changed: boolean) => void;
}

/** Another name or role. */
export function ChangePerson({ person, onDone }: AboutPersonProps) {
  const intl = useIntl();
  const [displayName, setDisplayName] = useState(person.displayName);
  const [role, setRole] = useState(person.role);
  const save = useAction(async () => {
    const { personId } = person;
    const changed = await callConfirmed('people.change', { personId, displayName, role });
    onDone(true);
    notify('people.changed', { name: changed.displayName });
  });
  return (
    <FormDialog
      title={intl.formatMessage({ id: 'people.change.title' }, { name: person.displayName })}
      confirmLabel={intl.formatMessage({ id: 'action.save' })}
      ready={displayName.trim() !== ''}
      pending={save.pending}
      error={save.error}
      onConfirm={() => void save.run()}
      onCancel={() => onDone(false)}
    >
      <RoleFields displayName={displayName} role={role} onDisplayName={setDisplayName} onRole={setRole} />
    </FormDialog>
  );
}

/** A new password for somebody who forgot theirs. */
export function SetPassword({ person, onDone }: AboutPersonProps) {
  const intl = useIntl();
  const [password, setPassword] = useState(noPassword);
  const set = useAction(async () => {
    await callConfirmed('people.setPassword', { personId: person.personId, password: password.value });
    onDone(false);
    notify('people.password-set', { name: person.displayName });
  });
  return (
    <FormDialog
      title={intl.formatMessage({ id: 'people.set-password.title' }, { name: person.displayName })}
      confirmLabel={intl.formatMessage({ id: 'action.save' })}
      ready={isGoodPassword(password)}
      pending={set.pending}
      error={set.error}
      onConfirm={() => void set.run()}
      onCancel={() => onDone(false)}
    >
      <FormattedMessage id="people.set-password.text" />
      <NewPasswordFields
        label={intl.formatMessage({ id: 'password.new' })}
        password={password}
        onPassword={setPassword}
      />
    </FormDialog>
  );
}

/** Asks before somebody is no longer one of the people, and says which unattended runs that ends. */
export function RemovePerson({ person, onDone }: AboutPersonProps) {
  const intl = useIntl();
  const { personId, displayName, exportUserOf } = person;
  const remove = useAction(async () => {
    await callConfirmed('people.remove', { personId });
    onDone(true);
    notify('people.removed', { name: displayName });
  });
  return (
    <ConfirmQuestion
      title={intl.formatMessage({ id: 'people.remove.title' }, { name: displayName })}
      confirmLabel={intl.formatMessage({ id: 'action.remove' })}
      pending={remove.pending}
      error={remove.error}
      onConfirm={() => void remove.run()}
      onCancel={() => onDone(false)}
    >
      <FormattedMessage id="people.remove.text" />
      {exportUserOf.length > 0 && (
        <p>
          <FormattedMessage
            id="people.remove.export-user"
            values={{ count: exportUserOf.length, connections: intl.formatList(exportUserOf) }}
          />
        </p>
      )}
    </ConfirmQuestion>
  );
}
