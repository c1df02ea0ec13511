import { useIntl } from 'react-intl';
import type { ListView } from '../../../preload/contract/views.ts';
import { call } from '../../bridge/client.ts';
import { OneFieldForm } from '../../components/one-field-form.tsx';

interface CreateListFormProps {
  readonly connectionId: string;
  readonly proposedName: string;
  readonly onCreated: (list: ListView) => void;
  readonly onCancel: () => void;
}

/** Makes a list in the account, at once. */
export function CreateListForm({ connectionId, proposedName, onCreated, onCancel }: CreateListFormProps) {
  const intl = useIntl();
  return (
    <OneFieldForm
      title={intl.formatMessage({ id: 'list.create.title' })}
      label={intl.formatMessage({ id: 'list.create.name' })}
      hint={intl.formatMessage({ id: 'list.create.hint' })}
      value={proposedName}
      maxLength={255}
      confirmLabel={intl.formatMessage({ id: 'list.create.confirm' })}
      onConfirm={async (name) => onCreated(await call('lists.create', { connectionId, name }))}
      onCancel={onCancel}
    />
  );
}
