import { makeStyles, mergeClasses } from '@fluentui/react-components';
import { useEffect, useMemo } from 'react';
import { useIntl } from 'react-intl';
import { Page } from '../../components/page.tsx';
import { changeDraft, useDraftStore } from '../../stores/draft-store.ts';
import { type EditedExport, followSegments, sendableSegments } from '../../stores/export-draft.ts';
import { useMirror } from '../../stores/mirror-store.ts';
import { CheckSection } from './check-section.tsx';
import { DestinationSection } from './destination-section.tsx';
import { MatchingSection } from './matching-section.tsx';
import { PlanSection } from './plan/plan-section.tsx';
import { SaveBar } from './save-bar.tsx';
import { chooseFiles, clearFilesError } from './segment-files.ts';
import { SegmentsSection } from './segments-section.tsx';
import { useCheck } from './use-check.ts';

const useStyles = makeStyles({
  columns: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    gap: '16px',
    alignItems: 'start',
    '@media (min-width: 1280px)': { gridTemplateColumns: 'minmax(0, 6fr) minmax(0, 7fr)' },
  },
  beside: { '@media (min-width: 1280px)': { position: 'sticky', top: '16px' } },
  column: { display: 'flex', flexDirection: 'column', gap: '16px', minWidth: 0 },
});

function Editor({ draft }: { readonly draft: EditedExport }) {
  const intl = useIntl();
  const styles = useStyles();
  const segments = useMirror((mirror) => mirror.segments);
  const sendable = useMemo(() => sendableSegments(draft, segments), [draft, segments]);
  const check = useCheck(sendable);

  useEffect(() => changeDraft((edited) => followSegments(edited, segments)), [segments]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: segments added later are followed too
  useEffect(() => changeDraft((edited) => followSegments(edited, segments)), [draft.segments]);
  useEffect(() => clearFilesError, []);

  const first = draft.segments[0];
  const segmentName = first === undefined ? '' : (segments[first.segmentId]?.name ?? '');
  return (
    <Page
      title={
        draft.exportId === null
          ? intl.formatMessage({ id: 'export.title.new' })
          : intl.formatMessage({ id: 'export.title.edit' }, { name: draft.name })
      }
      footer={<SaveBar draft={draft} check={check.pending ? null : check.view} />}
    >
      <div className={styles.columns}>
        <div className={styles.column}>
          <SegmentsSection draft={draft} />
          <DestinationSection draft={draft} segmentName={segmentName} />
          <MatchingSection draft={draft} />
        </div>
        <div className={mergeClasses(styles.column, styles.beside)}>
          <CheckSection check={check} segments={sendable} onChooseFiles={() => void chooseFiles()} />
          <PlanSection draft={draft} />
        </div>
      </div>
    </Page>
  );
}

/** One export: what is sent, where it goes, which columns, and what would become of every row. */
export function ExportScreen() {
  const draft = useDraftStore((state) => state.draft);
  return draft === null ? null : <Editor draft={draft} />;
}
