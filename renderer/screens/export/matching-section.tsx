import { makeStyles, Text, tokens } from '@fluentui/react-components';
import { FormattedMessage } from 'react-intl';
import type { SegmentView } from '../../../preload/contract/views.ts';
import { Section } from '../../components/section.tsx';
import type { EditedExport, EditedField } from '../../stores/export-draft.ts';
import { hasColumns, headingsKey } from '../../stores/export-draft.ts';
import { useMirror } from '../../stores/mirror-store.ts';
import { MatchingGroup } from './matching-group.tsx';

const useStyles = makeStyles({
  stack: { display: 'flex', flexDirection: 'column', gap: '20px' },
  quiet: { color: tokens.colorNeutralForeground2 },
});

interface Group {
  readonly segments: [SegmentView, ...SegmentView[]];
  readonly fields: readonly EditedField[];
}

/** Segments with the same headings, matched alike, share one matching. */
function groupsOf(draft: EditedExport, segments: Readonly<Record<string, SegmentView>>): Map<string, Group> {
  const groups = new Map<string, Group>();
  for (const { segmentId, fields } of draft.segments) {
    const segment = segments[segmentId];
    if (!hasColumns(segment) || fields === null) continue;
    const key = `${headingsKey(segment)}${JSON.stringify(fields)}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { segments: [segment], fields });
    else group.segments.push(segment);
  }
  return groups;
}

/** Data matching: which column of a segment fills which property of a contact. */
export function MatchingSection({ draft }: { readonly draft: EditedExport }) {
  const styles = useStyles();
  const segments = useMirror((mirror) => mirror.segments);
  const lost = useMirror((mirror) => mirror.exports.find((view) => view.exportId === draft.exportId)?.lostColumns);
  const groups = [...groupsOf(draft, segments).values()];
  return (
    <Section
      title={<FormattedMessage id="matching.title" />}
      description={<FormattedMessage id="matching.description" />}
      anchor="export-matching"
    >
      {groups.length === 0 ? (
        <Text className={styles.quiet}>
          <FormattedMessage id="matching.nothing-yet" />
        </Text>
      ) : (
        <div className={styles.stack}>
          {groups.map((group) => (
            <MatchingGroup
              key={group.segments[0].segmentId}
              segments={group.segments}
              fields={group.fields}
              connectionId={draft.connectionId}
              lost={(lost ?? []).filter(({ segmentId }) => group.segments.some((one) => one.segmentId === segmentId))}
            />
          ))}
        </div>
      )}
    </Section>
  );
}
