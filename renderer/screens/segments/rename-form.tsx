import { useIntl } from 'react-intl';
import type { SegmentView } from '../../../preload/contract/views.ts';
import { call } from '../../bridge/client.ts';
import { OneFieldForm } from '../../components/one-field-form.tsx';

/** Another name for a segment. */
export function RenameForm({ segment, onDone }: { readonly segment: SegmentView; readonly onDone: () => void }) {
  const intl = useIntl();
  return (
    <OneFieldForm
      title={intl.formatMessage({ id: 'library.rename.title' }, { name: segment.name })}
      label={intl.formatMessage({ id: 'library.rename.name' })}
      value={segment.name}
      maxLength={255}
      confirmLabel={intl.formatMessage({ id: 'action.rename' })}
      onConfirm={async (name) => {
        await call('segments.rename', { segmentId: segment.segmentId, name });
        onDone();
      }}
      onCancel={onDone}
    />
  );
}
