import {
  Button,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogTitle,
  Field,
  Input,
  makeStyles,
  Radio,
  RadioGroup,
} from '@fluentui/react-components';
import { type FormEvent, useState } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import type { CustomFieldView, NewFieldType } from '../../../preload/contract/views.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { useAction } from '../../components/use-action.ts';
import { createField } from '../../stores/custom-fields-store.ts';
import { fieldTypeLabels } from '../../text/labels.ts';

/** The longest label that Constant Contact takes (constant-contact-v3.md 7). */
const longestLabel = 50;
const types: readonly NewFieldType[] = ['text', 'date', 'number'];

const useStyles = makeStyles({ stack: { display: 'flex', flexDirection: 'column', gap: '14px' } });

/** What a new field begins with: of a column that is to fill it, or of none. */
export interface FieldProposal {
  readonly label: string;
  readonly type: NewFieldType;
  /** The column that it is matched with once it is made. */
  readonly columnIndex: number | null;
}

interface CreateFieldFormProps {
  readonly connectionId: string;
  readonly proposal: FieldProposal;
  readonly onCreated: (field: CustomFieldView) => void;
  readonly onCancel: () => void;
}

/** Makes a custom field in the account, at once. */
export function CreateFieldForm({ connectionId, proposal, onCreated, onCancel }: CreateFieldFormProps) {
  const intl = useIntl();
  const styles = useStyles();
  const [label, setLabel] = useState([...proposal.label.trim()].slice(0, longestLabel).join(''));
  const [type, setType] = useState(proposal.type);
  const create = useAction(async () => onCreated(await createField(connectionId, label, type)));
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void create.run();
  };
  return (
    <form onSubmit={submit}>
      <DialogBody>
        <DialogTitle>
          <FormattedMessage id="field.create.title" />
        </DialogTitle>
        <DialogContent className={styles.stack}>
          <Field
            required
            label={intl.formatMessage({ id: 'field.create.label' })}
            hint={intl.formatMessage({ id: 'field.create.hint' })}
          >
            <Input value={label} maxLength={longestLabel} onChange={(_, data) => setLabel(data.value)} />
          </Field>
          <Field label={intl.formatMessage({ id: 'field.create.type' })}>
            <RadioGroup
              layout="horizontal"
              value={type}
              onChange={(_, data) => setType(types.find((one) => one === data.value) ?? 'text')}
            >
              {types.map((one) => (
                <Radio key={one} value={one} label={intl.formatMessage({ id: fieldTypeLabels[one] })} />
              ))}
            </RadioGroup>
          </Field>
          <ErrorNotice error={create.error} actions={{ retry: () => void create.run() }} />
        </DialogContent>
        <DialogActions>
          <Button type="submit" appearance="primary" disabled={label.trim() === ''} disabledFocusable={create.pending}>
            <FormattedMessage id="field.create.confirm" />
          </Button>
          <Button onClick={onCancel}>
            <FormattedMessage id="action.cancel" />
          </Button>
        </DialogActions>
      </DialogBody>
    </form>
  );
}
