import { Button } from '@fluentui/react-components';
import { AddRegular, DocumentTableRegular, FolderSearchRegular } from '@fluentui/react-icons';
import { useEffect, useState } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import type { SegmentView } from '../../../preload/contract/views.ts';
import { call } from '../../bridge/client.ts';
import { adopt } from '../../bridge/connect-stores.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Page } from '../../components/page.tsx';
import { RecordTable } from '../../components/table/record-table.tsx';
import { useAction } from '../../components/use-action.ts';
import { openMany } from '../../stores/many-exports-store.ts';
import { useMirror } from '../../stores/mirror-store.ts';
import { chooseFiles, clearFilesError, useFilesStore } from '../export/segment-files.ts';
import { LibraryDialog } from './library-dialog.tsx';
import { NewSegmentFolders } from './new-segment-folders.tsx';
import { TagFilter } from './tag-filter.tsx';
import { type AskedSegments, useSegmentActions } from './use-segment-actions.tsx';
import { useSegmentColumns } from './use-segment-columns.tsx';

function AddSegmentButton() {
  return (
    <Button appearance="primary" icon={<AddRegular />} onClick={() => void chooseFiles()}>
      <FormattedMessage id="library.add" />
    </Button>
  );
}

/** The library: every segment that was read, where it comes from, how it has grown and which exports use it. */
export function SegmentsScreen() {
  const intl = useIntl();
  const segments = useMirror((mirror) => mirror.segments);
  const exports = useMirror((mirror) => mirror.exports);
  const watches = useMirror((mirror) => mirror.watches);
  const files = useFilesStore();
  const [asked, setAsked] = useState<AskedSegments | null>(null);
  const [tags, setTags] = useState<readonly string[]>([]);
  const watchOf = (segmentId: string | null) => watches.find((watch) => watch.segmentId === segmentId);
  const usersOf = ({ segmentId }: SegmentView) =>
    exports.filter((view) => view.segments.some((segment) => segment.segmentId === segmentId));
  const change = useAction(async (work: () => Promise<unknown>) => {
    await work();
  });
  useEffect(() => clearFilesError, []);

  const ask = (what: AskedSegments['what'], about: readonly SegmentView[]): void =>
    setAsked({ what, segmentIds: about.map(({ segmentId }) => segmentId) });
  const known = Object.values(segments);
  const knownTags = [...new Set(known.flatMap((segment) => segment.tags))].sort((a, b) =>
    a.localeCompare(b, intl.locale),
  );
  // A tag that nobody has any more filters nothing.
  const filter = tags.filter((tag) => knownTags.includes(tag));
  const columns = useSegmentColumns({
    watchOf,
    usersOf,
    onMembers: (segment) => ask('members', [segment]),
    onReadAgain: ({ segmentId }) => void change.run(() => call('segments.readAgain', { segmentId })),
    onCancelReading: ({ segmentId }) => void change.run(() => call('segments.cancelReading', { segmentId })),
    onManageExports: (segment) => ask('manage', [segment]),
  });
  const actionsOf = useSegmentActions({
    isWatched: ({ segmentId }) => watchOf(segmentId) !== undefined,
    onAsk: ask,
    onReplace: ({ segmentId }) => void change.run(() => call('segments.chooseReplacement', { segmentId })),
    onDuplicate: ({ segmentId }) =>
      void change.run(async () => {
        adopt({ segments: [await call('segments.duplicate', { segmentId })] });
      }),
    onExportEach: (chosen) => openMany(chosen.map(({ segmentId }) => segmentId)),
  });

  return (
    <Page
      title={intl.formatMessage({ id: 'segments.title' })}
      description={<FormattedMessage id="library.description" />}
      actions={
        <>
          <Button icon={<FolderSearchRegular />} onClick={() => ask('watch', [])}>
            <FormattedMessage id="watch.add" />
          </Button>
          {known.length > 0 && <AddSegmentButton />}
        </>
      }
    >
      <ErrorNotice error={change.error ?? files.error} actions={{ 'choose-files': () => void chooseFiles() }} />
      {files.withoutPath !== null && (
        <ErrorNotice error={{ code: 'segment.not-a-file', params: { file: files.withoutPath } }} />
      )}
      <NewSegmentFolders watches={watches.filter(({ segmentId }) => segmentId === null)} />
      {known.length === 0 ? (
        <EmptyState
          icon={<DocumentTableRegular />}
          title={intl.formatMessage({ id: 'library.empty.title' })}
          actions={<AddSegmentButton />}
        >
          <FormattedMessage id="library.empty.text" />
        </EmptyState>
      ) : (
        <RecordTable
          id="segments"
          label={intl.formatMessage({ id: 'segments.title' })}
          rows={known.filter((segment) => filter.every((tag) => segment.tags.includes(tag)))}
          keyOf={({ segmentId }) => segmentId}
          nameOf={({ name }) => name}
          columns={columns}
          firstSort={{ column: 'name', descending: false }}
          minWidth={780}
          textsOf={(segment) => [
            segment.name,
            segment.fileName,
            segment.readBy,
            ...segment.tags,
            ...usersOf(segment).map(({ name }) => name),
          ]}
          actionsOf={actionsOf}
          several
          beside={
            knownTags.length === 0 ? undefined : <TagFilter known={knownTags} chosen={filter} onChoose={setTags} />
          }
          tall
          testId="library-row"
        />
      )}
      <LibraryDialog
        asked={asked}
        usersOf={usersOf}
        watchOf={watchOf}
        knownTags={knownTags}
        onAsk={ask}
        onClose={() => setAsked(null)}
      />
    </Page>
  );
}
