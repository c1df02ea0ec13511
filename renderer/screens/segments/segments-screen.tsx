import { Button } from '@fluentui/react-components';
import {
  AddRegular,
  CopyRegular,
  DeleteRegular,
  DocumentArrowUpRegular,
  DocumentTableRegular,
  FolderSearchRegular,
  RenameRegular,
} from '@fluentui/react-icons';
import { useEffect, useState } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import type { SegmentView } from '../../../preload/contract/views.ts';
import { call } from '../../bridge/client.ts';
import { adopt } from '../../bridge/connect-stores.ts';
import { ConfirmQuestion } from '../../components/confirm-question.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Modal } from '../../components/modal.tsx';
import { Page } from '../../components/page.tsx';
import { type RecordAction, type RecordColumn, RecordTable } from '../../components/table/record-table.tsx';
import { useAction } from '../../components/use-action.ts';
import { useMirror } from '../../stores/mirror-store.ts';
import { notify } from '../../stores/ui-store.ts';
import type { MessageKey } from '../../text/messages.ts';
import { useFormat } from '../../text/use-format.ts';
import { chooseFiles, clearFilesError, useFilesStore } from '../export/segment-files.ts';
import { ManageExports } from './manage-exports.tsx';
import { NewSegmentFolders } from './new-segment-folders.tsx';
import { RenameForm } from './rename-form.tsx';
import { SegmentExports, SegmentName, SegmentRows, SegmentSource } from './segment-cells.tsx';
import { WatchForm } from './watch-form.tsx';

function AddSegmentButton() {
  return (
    <Button appearance="primary" icon={<AddRegular />} onClick={() => void chooseFiles()}>
      <FormattedMessage id="library.add" />
    </Button>
  );
}

/** What a dialog is open for. */
type Asked = { readonly what: 'rename' | 'remove' | 'manage' | 'watch'; readonly segmentId: string | null };

/** The library: every segment that was read, where it comes from, how it has grown and which exports use it. */
export function SegmentsScreen() {
  const intl = useIntl();
  const format = useFormat();
  const segments = useMirror((mirror) => mirror.segments);
  const exports = useMirror((mirror) => mirror.exports);
  const watches = useMirror((mirror) => mirror.watches);
  const files = useFilesStore();
  const [asked, setAsked] = useState<Asked | null>(null);
  const about = segments[asked?.segmentId ?? ''];
  const watchOf = (segmentId: string | null) => watches.find((watch) => watch.segmentId === segmentId);
  const close = (): void => setAsked(null);
  const usersOf = ({ segmentId }: SegmentView) =>
    exports.filter((view) => view.segments.some((segment) => segment.segmentId === segmentId));
  const users = about === undefined ? [] : usersOf(about);

  const change = useAction(async (work: () => Promise<unknown>) => {
    await work();
  });
  const remove = useAction(async (segment: SegmentView) => {
    const { segmentId, name } = segment;
    await call('segments.remove', { segmentId, ...(usersOf(segment).length > 0 ? { fromExports: true } : {}) });
    close();
    notify('library.removed', { name });
  });
  useEffect(() => clearFilesError, []);

  const ask = (what: Asked['what'], { segmentId }: Pick<Asked, 'segmentId'>): void => {
    remove.clear();
    setAsked({ what, segmentId });
  };
  const known = Object.values(segments);
  const columns: readonly RecordColumn<SegmentView>[] = [
    {
      name: 'name',
      title: 'library.column.name',
      sortBy: ({ name }) => name,
      cell: (segment) => <SegmentName segment={segment} watch={watchOf(segment.segmentId)} />,
    },
    {
      name: 'rows',
      title: 'library.column.rows',
      width: '124px',
      sortBy: ({ readAt, rowCount }) => (readAt === null ? null : rowCount),
      cell: (segment) => <SegmentRows segment={segment} />,
    },
    {
      name: 'columns',
      title: 'library.column.columns',
      width: '96px',
      sortBy: ({ readAt, columns: headings }) => (readAt === null ? null : headings.length),
      cell: ({ readAt, columns: headings }) => (readAt === null ? '–' : format.number(headings.length)),
    },
    {
      name: 'source',
      title: 'library.column.source',
      sortBy: ({ readAt }) => readAt,
      cell: (segment) => (
        <SegmentSource
          segment={segment}
          watch={watchOf(segment.segmentId)}
          onReadAgain={() => void change.run(() => call('segments.readAgain', { segmentId: segment.segmentId }))}
          onCancel={() => void change.run(() => call('segments.cancelReading', { segmentId: segment.segmentId }))}
        />
      ),
    },
    {
      name: 'exports',
      title: 'library.column.exports',
      sortBy: (segment) => usersOf(segment).length,
      cell: (segment) => (
        <SegmentExports segment={segment} users={usersOf(segment)} onManageExports={() => ask('manage', segment)} />
      ),
    },
  ];
  function actionsOf(segment: SegmentView): RecordAction[] {
    const { segmentId, readAt } = segment;
    const word = (id: MessageKey) => intl.formatMessage({ id });
    const remove = {
      name: 'remove',
      label: word('library.remove'),
      icon: <DeleteRegular />,
      shortcut: 'Delete',
      act: () => ask('remove', segment),
    } as const;
    if (readAt === null) return [remove];
    return [
      {
        name: 'replace',
        label: word('library.replace'),
        icon: <DocumentArrowUpRegular />,
        act: () => void change.run(() => call('segments.chooseReplacement', { segmentId })),
      },
      {
        name: 'watch',
        label: word(watchOf(segmentId) === undefined ? 'watch.menu' : 'watch.menu.change'),
        icon: <FolderSearchRegular />,
        act: () => ask('watch', segment),
      },
      {
        name: 'rename',
        label: word('library.rename'),
        icon: <RenameRegular />,
        shortcut: 'Enter',
        act: () => ask('rename', segment),
      },
      {
        name: 'duplicate',
        label: word('library.duplicate'),
        icon: <CopyRegular />,
        act: () =>
          void change.run(async () => {
            adopt({ segments: [await call('segments.duplicate', { segmentId })] });
          }),
      },
      remove,
    ];
  }

  return (
    <Page
      title={intl.formatMessage({ id: 'segments.title' })}
      description={<FormattedMessage id="library.description" />}
      actions={
        <>
          <Button icon={<FolderSearchRegular />} onClick={() => ask('watch', { segmentId: null })}>
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
          rows={known}
          keyOf={({ segmentId }) => segmentId}
          nameOf={({ name }) => name}
          columns={columns}
          firstSort={{ column: 'name', descending: false }}
          minWidth={800}
          textsOf={(segment) => [
            segment.name,
            segment.fileName,
            segment.readBy,
            ...usersOf(segment).map(({ name }) => name),
          ]}
          actionsOf={([segment]) => (segment === undefined ? [] : actionsOf(segment))}
          tall
          testId="library-row"
        />
      )}
      <Modal onClose={close}>
        {asked?.what === 'watch' && (asked.segmentId === null || about !== undefined) ? (
          <WatchForm segment={about ?? null} current={about && watchOf(about.segmentId)} onDone={close} />
        ) : asked === null || about === undefined ? null : asked.what === 'rename' ? (
          <RenameForm segment={about} onDone={close} />
        ) : asked.what === 'manage' ? (
          <ManageExports segment={about} onClose={close} />
        ) : (
          <ConfirmQuestion
            title={intl.formatMessage({ id: 'library.remove.title' }, { name: about.name })}
            confirmLabel={intl.formatMessage({
              id: users.length > 0 ? 'library.remove.from-exports' : 'action.remove',
            })}
            pending={remove.pending}
            error={remove.error}
            onConfirm={() => void remove.run(about)}
            onCancel={close}
          >
            <FormattedMessage
              id={users.length > 0 ? 'library.remove.used' : 'library.remove.text'}
              values={{ count: users.length, exports: intl.formatList(users.map(({ name }) => name)) }}
            />
          </ConfirmQuestion>
        )}
      </Modal>
    </Page>
  );
}
