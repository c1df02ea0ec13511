import { FormattedMessage, useIntl } from 'react-intl';
import type { ExportView, SegmentView } from '../../../preload/contract/views.ts';
import { call } from '../../bridge/client.ts';
import { ConfirmQuestion } from '../../components/confirm-question.tsx';
import { useAction } from '../../components/use-action.ts';
import { notify } from '../../stores/ui-store.ts';

interface RemoveSegmentsProps {
  readonly segments: readonly SegmentView[];
  readonly usersOf: (segment: SegmentView) => readonly ExportView[];
  readonly onDone: () => void;
}

/** Asks before segments leave the library, with the exports that lose them. */
export function RemoveSegments({ segments, usersOf, onDone }: RemoveSegmentsProps) {
  const intl = useIntl();
  const users = [...new Map(segments.flatMap(usersOf).map((view) => [view.exportId, view])).values()];
  const values = { count: segments.length, name: segments[0]?.name ?? '' };
  const remove = useAction(async () => {
    for (const segment of segments) {
      const fromExports = usersOf(segment).length > 0 ? { fromExports: true as const } : {};
      await call('segments.remove', { segmentId: segment.segmentId, ...fromExports });
    }
    onDone();
    notify('library.removed', values);
  });
  return (
    <ConfirmQuestion
      title={intl.formatMessage({ id: 'library.remove.title' }, values)}
      confirmLabel={intl.formatMessage({ id: users.length > 0 ? 'library.remove.from-exports' : 'action.remove' })}
      pending={remove.pending}
      error={remove.error}
      onConfirm={() => void remove.run()}
      onCancel={onDone}
    >
      <FormattedMessage
        id={users.length > 0 ? 'library.remove.used' : 'library.remove.text'}
        values={{
          segments: segments.length,
          count: users.length,
          exports: intl.formatList(users.map(({ name }) => name)),
        }}
      />
    </ConfirmQuestion>
  );
}
