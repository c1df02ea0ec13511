import {
  ArrowDownloadRegular,
  ArrowExportRegular,
  CopyRegular,
  DeleteRegular,
  DocumentArrowUpRegular,
  FolderSearchRegular,
  PeopleListRegular,
  RenameRegular,
  TagRegular,
} from '@fluentui/react-icons';
import { useIntl } from 'react-intl';
import type { SegmentView } from '../../../preload/contract/views.ts';
import type { RecordAction } from '../../components/table/record-table.tsx';
import type { MessageKey } from '../../text/messages.ts';

/** What a dialog of the library is open for; the folders of new segments have no segment. */
export interface AskedSegments {
  readonly what: 'members' | 'download' | 'tags' | 'rename' | 'remove' | 'manage' | 'watch';
  readonly segmentIds: readonly string[];
}

interface SegmentActions {
  readonly isWatched: (segment: SegmentView) => boolean;
  readonly onAsk: (what: AskedSegments['what'], segments: readonly SegmentView[]) => void;
  readonly onReplace: (segment: SegmentView) => void;
  readonly onDuplicate: (segment: SegmentView) => void;
  readonly onExportEach: (segments: readonly SegmentView[]) => void;
}

/** What can be done with one segment or several. One that has never been read can only be removed. */
export function useSegmentActions(actions: SegmentActions): (segments: readonly SegmentView[]) => RecordAction[] {
  const intl = useIntl();
  return (segments) => {
    const [segment] = segments;
    if (segment === undefined) return [];
    const word = (id: MessageKey) => intl.formatMessage({ id });
    const remove: RecordAction = {
      name: 'remove',
      label: word('library.remove'),
      icon: <DeleteRegular />,
      shortcut: 'Delete',
      act: () => actions.onAsk('remove', segments),
    };
    if (segments.some(({ readAt }) => readAt === null)) return [remove];
    const notReady = segments.some(({ state }) => state !== 'ready');
    const download: RecordAction = {
      name: 'download',
      label: word('download.open'),
      icon: <ArrowDownloadRegular />,
      disabled: notReady,
      act: () => actions.onAsk('download', segments),
    };
    const tags: RecordAction = {
      name: 'tags',
      label: word('tags.open'),
      icon: <TagRegular />,
      act: () => actions.onAsk('tags', segments),
    };
    if (segments.length > 1) {
      const exportEach: RecordAction = {
        name: 'export-each',
        label: word('library.export-each'),
        icon: <ArrowExportRegular />,
        act: () => actions.onExportEach(segments),
      };
      return [exportEach, download, tags, { ...remove, apart: true }];
    }
    const members: RecordAction = {
      name: 'members',
      label: word('members.open'),
      icon: <PeopleListRegular />,
      shortcut: 'Enter',
      disabled: notReady,
      act: () => actions.onAsk('members', segments),
    };
    const replace: RecordAction = {
      name: 'replace',
      label: word('library.replace'),
      icon: <DocumentArrowUpRegular />,
      apart: true,
      act: () => actions.onReplace(segment),
    };
    const watch: RecordAction = {
      name: 'watch',
      label: word(actions.isWatched(segment) ? 'watch.menu.change' : 'watch.menu'),
      icon: <FolderSearchRegular />,
      act: () => actions.onAsk('watch', segments),
    };
    const rename: RecordAction = {
      name: 'rename',
      label: word('library.rename'),
      icon: <RenameRegular />,
      act: () => actions.onAsk('rename', segments),
    };
    const duplicate: RecordAction = {
      name: 'duplicate',
      label: word('library.duplicate'),
      icon: <CopyRegular />,
      act: () => actions.onDuplicate(segment),
    };
    return [members, download, replace, watch, rename, tags, duplicate, remove];
  };
}
