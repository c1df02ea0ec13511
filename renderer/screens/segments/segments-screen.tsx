import {
  Button,
  makeStyles,
  Table,
  TableBody,
  TableHeader,
  TableHeaderCell,
  TableRow,
  tokens,
} from '@fluentui/react-components';
import { AddRegular, DocumentTableRegular, FolderSearchRegular } from '@fluentui/react-icons';
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
import { useAction } from '../../components/use-action.ts';
import { useMirror } from '../../stores/mirror-store.ts';
import { notify } from '../../stores/ui-store.ts';
import { chooseFiles, clearFilesError, useFilesStore } from '../export/segment-files.ts';
import { ManageExports } from './manage-exports.tsx';
import { NewSegmentFolders } from './new-segment-folders.tsx';
import { RenameForm } from './rename-form.tsx';
import { SegmentRow } from './segment-row.tsx';
import { WatchForm } from './watch-form.tsx';

const useStyles = makeStyles({
  scroll: {
    overflowX: 'auto',
    backgroundColor: tokens.colorNeutralBackground1,
    borderRadius: tokens.borderRadiusXLarge,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  table: { minWidth: '800px' },
  rows: { width: '124px' },
  columns: { width: '84px' },
  actions: { width: '56px' },
});

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
  const styles = useStyles();
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
  const sorted = Object.values(segments).sort((a, b) => a.name.localeCompare(b.name, intl.locale));
  const heads = [
    ['library.column.name', undefined],
    ['library.column.rows', styles.rows],
    ['library.column.columns', styles.columns],
    ['library.column.source', undefined],
    ['library.column.exports', undefined],
    ['column.actions', styles.actions],
  ] as const;

  return (
    <Page
      title={intl.formatMessage({ id: 'segments.title' })}
      description={<FormattedMessage id="library.description" />}
      actions={
        <>
          <Button icon={<FolderSearchRegular />} onClick={() => ask('watch', { segmentId: null })}>
            <FormattedMessage id="watch.add" />
          </Button>
          {sorted.length > 0 && <AddSegmentButton />}
        </>
      }
    >
      <ErrorNotice error={change.error ?? files.error} actions={{ 'choose-files': () => void chooseFiles() }} />
      {files.withoutPath !== null && (
        <ErrorNotice error={{ code: 'segment.not-a-file', params: { file: files.withoutPath } }} />
      )}
      <NewSegmentFolders watches={watches.filter(({ segmentId }) => segmentId === null)} />
      {sorted.length === 0 ? (
        <EmptyState
          icon={<DocumentTableRegular />}
          title={intl.formatMessage({ id: 'library.empty.title' })}
          actions={<AddSegmentButton />}
        >
          <FormattedMessage id="library.empty.text" />
        </EmptyState>
      ) : (
        <div className={styles.scroll}>
          <Table aria-label={intl.formatMessage({ id: 'segments.title' })} className={styles.table}>
            <TableHeader>
              <TableRow>
                {heads.map(([label, className]) => (
                  <TableHeaderCell key={label} {...(className === undefined ? {} : { className })}>
                    <FormattedMessage id={label} />
                  </TableHeaderCell>
                ))}
              </TableRow>
            </TableHeader>
            <TableBody>
              {sorted.map((segment) => {
                const { segmentId } = segment;
                return (
                  <SegmentRow
                    key={segmentId}
                    segment={segment}
                    users={usersOf(segment)}
                    watch={watchOf(segmentId)}
                    onWatch={() => ask('watch', segment)}
                    onReplace={() => void change.run(() => call('segments.chooseReplacement', { segmentId }))}
                    onReadAgain={() => void change.run(() => call('segments.readAgain', { segmentId }))}
                    onRename={() => ask('rename', segment)}
                    onDuplicate={() =>
                      void change.run(async () => {
                        adopt({ segments: [await call('segments.duplicate', { segmentId })] });
                      })
                    }
                    onRemove={() => ask('remove', segment)}
                    onManageExports={() => ask('manage', segment)}
                    onCancel={() => void change.run(() => call('segments.cancelReading', { segmentId }))}
                  />
                );
              })}
            </TableBody>
          </Table>
        </div>
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
