import {
  Button,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogTitle,
  Field,
  Input,
} from '@fluentui/react-components';
import { type FormEvent, useState } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import type { ListView } from '../../../preload/contract/views.ts';
import { call } from '../../bridge/client.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { useAction } from '../../components/use-action.ts';

interface CreateListFormProps {
  readonly connectionId: string;
  readonly proposedName: string;
  readonly onCreated: (list: ListView) => void;
  readonly onCancel: () => void;
}

/** Makes a list in the account, at once. */
export function CreateListForm({ connectionId, proposedName, onCreated, onCancel }: CreateListFormProps) {
  const intl = useIntl();
  const [name, setName] = useState(proposedName);
  const create = useAction(async () => onCreated(await call('lists.create', { connectionId, name })));
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void create.run();
  };
  return (
    <form onSubmit={submit}>
      <DialogBody>
        <DialogTitle>
          <FormattedMessage id="list.create.title" />
        </DialogTitle>
        <DialogContent>
          <Field
            required
            label={intl.formatMessage({ id: 'list.create.name' })}
            hint={intl.formatMessage({ id: 'list.create.hint' })}
          >
            <Input value={name} maxLength={255} onChange={(_, data) => setName(data.value)} />
          </Field>
          <ErrorNotice error={create.error} actions={{ retry: () => void create.run() }} />
        </DialogContent>
        <DialogActions>
          <Button type="submit" appearance="primary" disabled={name.trim() === ''} disabledFocusable={create.pending}>
            <FormattedMessage id="list.create.confirm" />
          </Button>
          <Button onClick={onCancel}>
            <FormattedMessage id="action.cancel" />
          </Button>
        </DialogActions>
      </DialogBody>
    </form>
  );
}
