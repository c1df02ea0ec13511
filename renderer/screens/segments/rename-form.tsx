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
import type { SegmentView } from '../../../preload/contract/views.ts';
import { call } from '../../bridge/client.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { useAction } from '../../components/use-action.ts';

/** Another name for a segment. */
export function RenameForm({ segment, onDone }: { readonly segment: SegmentView; readonly onDone: () => void }) {
  const intl = useIntl();
  const [name, setName] = useState(segment.name);
  const rename = useAction(async () => {
    await call('segments.rename', { segmentId: segment.segmentId, name });
    onDone();
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void rename.run();
  };
  return (
    <form onSubmit={submit}>
      <DialogBody>
        <DialogTitle>
          <FormattedMessage id="library.rename.title" values={{ name: segment.name }} />
        </DialogTitle>
        <DialogContent>
          <Field required label={intl.formatMessage({ id: 'library.rename.name' })}>
            <Input value={name} maxLength={255} onChange={(_, data) => setName(data.value)} />
          </Field>
          <ErrorNotice error={rename.error} actions={{ retry: () => void rename.run() }} />
        </DialogContent>
        <DialogActions>
          <Button type="submit" appearance="primary" disabled={name.trim() === ''} disabledFocusable={rename.pending}>
            <FormattedMessage id="action.rename" />
          </Button>
          <Button onClick={onDone}>
            <FormattedMessage id="action.cancel" />
          </Button>
        </DialogActions>
      </DialogBody>
    </form>
  );
}
