import type { ExportView, SegmentView, WatchView } from '../../../preload/contract/views.ts';
import { Modal } from '../../components/modal.tsx';
import { useMirror } from '../../stores/mirror-store.ts';
import { DownloadDialog } from './download-dialog.tsx';
import { ManageExports } from './manage-exports.tsx';
import { MembersDialog } from './members-dialog.tsx';
import { RemoveSegments } from './remove-segments.tsx';
import { RenameForm } from './rename-form.tsx';
import { TagsDialog } from './tags-dialog.tsx';
import type { AskedSegments } from './use-segment-actions.tsx';
import { WatchForm } from './watch-form.tsx';

interface LibraryDialogProps {
  readonly asked: AskedSegments | null;
  readonly usersOf: (segment: SegmentView) => readonly ExportView[];
  readonly watchOf: (segmentId: string) => WatchView | undefined;
  readonly knownTags: readonly string[];
  readonly onAsk: (what: AskedSegments['what'], segments: readonly SegmentView[]) => void;
  readonly onClose: () => void;
}

/** What is asked or shown over the library. A dialog goes when the segments it is about have gone. */
export function LibraryDialog({ asked, usersOf, watchOf, knownTags, onAsk, onClose }: LibraryDialogProps) {
  const known = useMirror((mirror) => mirror.segments);
  const about = (asked?.segmentIds ?? []).flatMap((segmentId) => known[segmentId] ?? []);
  const [segment] = about;
  const content = () => {
    if (asked === null) return null;
    if (asked.what === 'watch' && asked.segmentIds.length === 0) {
      return <WatchForm segment={null} current={undefined} onDone={onClose} />;
    }
    if (segment === undefined) return null;
    switch (asked.what) {
      case 'members':
        return <MembersDialog segment={segment} onDownload={() => onAsk('download', about)} onClose={onClose} />;
      case 'download':
        return <DownloadDialog segments={about} onDone={onClose} />;
      case 'tags':
        return <TagsDialog segments={about} known={knownTags} onDone={onClose} />;
      case 'rename':
        return <RenameForm segment={segment} onDone={onClose} />;
      case 'manage':
        return <ManageExports segment={segment} onClose={onClose} />;
      case 'watch':
        return <WatchForm segment={segment} current={watchOf(segment.segmentId)} onDone={onClose} />;
      case 'remove':
        return <RemoveSegments segments={about} usersOf={usersOf} onDone={onClose} />;
    }
  };
  return (
    <Modal onClose={onClose} wide={asked?.what === 'members'}>
      {content()}
    </Modal>
  );
}
