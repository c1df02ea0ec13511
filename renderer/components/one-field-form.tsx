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
import { FormattedMessage } from 'react-intl';
import { ErrorNotice } from './error-notice.tsx';
import { useAction } from './use-action.ts';

interface OneFieldFormProps {
  readonly title: string;
  readonly label: string;
  readonly hint?: string;
  /** What stands in the field at first. */
  readonly value: string;
  readonly maxLength: number;
  readonly confirmLabel: string;
  /** May reject: what went wrong is shown, and the form stays. */
  readonly onConfirm: (value: string) => Promise<void>;
  readonly onCancel: () => void;
}

/** A dialog that asks for one name, as when a list is made or a segment renamed. */
export function OneFieldForm(props: OneFieldFormProps) {
  const [value, setValue] = useState(props.value);
  const confirm = useAction(() => props.onConfirm(value.trim()));
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void confirm.run();
  };
  return (
    <form onSubmit={submit}>
      <DialogBody>
        <DialogTitle>{props.title}</DialogTitle>
        <DialogContent>
          <Field required label={props.label} {...(props.hint === undefined ? {} : { hint: props.hint })}>
            <Input value={value} maxLength={props.maxLength} onChange={(_, data) => setValue(data.value)} />
          </Field>
          <ErrorNotice error={confirm.error} actions={{ retry: () => void confirm.run() }} />
        </DialogContent>
        <DialogActions>
          <Button type="submit" appearance="primary" disabled={value.trim() === ''} disabledFocusable={confirm.pending}>
            {props.confirmLabel}
          </Button>
          <Button onClick={props.onCancel}>
            <FormattedMessage id="action.cancel" />
          </Button>
        </DialogActions>
      </DialogBody>
    </form>
  );
}
