import { Button, makeStyles, Spinner, Text, tokens } from '@fluentui/react-components';
import { CheckmarkCircleRegular, WrenchRegular } from '@fluentui/react-icons';
import { FormattedMessage } from 'react-intl';
import type { FindingView, SegmentMatching } from '../../../preload/contract/views.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { changeDraft } from '../../stores/draft-store.ts';
import { chooseRepairs, isRepairChosen } from '../../stores/export-draft.ts';
import type { MessageKey } from '../../text/messages.ts';
import { FindingCard } from './finding-card.tsx';
import type { useFindings } from './use-findings.ts';

const useStyles = makeStyles({
  stack: { display: 'flex', flexDirection: 'column', gap: '12px', minWidth: 0 },
  head: { display: 'flex', flexWrap: 'wrap', gap: '8px 16px', alignItems: 'center', justifyContent: 'space-between' },
  title: { margin: 0, fontSize: tokens.fontSizeBase300, fontWeight: tokens.fontWeightSemibold },
  list: { listStyle: 'none', margin: 0, padding: 0, display: 'flex', flexDirection: 'column', gap: '8px' },
  group: { display: 'flex', flexDirection: 'column', gap: '8px', minWidth: 0 },
  nothing: { display: 'flex', gap: '8px', alignItems: 'center', color: tokens.colorStatusSuccessForeground1 },
  stale: { opacity: 0.55 },
});

const groups: readonly { readonly effect: FindingView['effect']; readonly title: MessageKey }[] = [
  { effect: 'rejected', title: 'findings.rejected' },
  { effect: 'left-out', title: 'findings.left-out' },
  { effect: 'warning', title: 'findings.warning' },
];

/** The safe repairs that are not chosen yet. */
const safeRepairs = (findings: readonly FindingView[], segments: readonly SegmentMatching[]) =>
  findings.flatMap(({ field, kind, repair, repairable }) =>
    field !== null && repair === 'safe' && repairable > 0 && !isRepairChosen(segments, field, kind)
      ? [{ field, kind }]
      : [],
  );

interface FindingsListProps {
  readonly found: ReturnType<typeof useFindings>;
  readonly segments: readonly SegmentMatching[];
}

/** Everything the checks found, by what becomes of it, with its repairs. */
export function FindingsList({ found, segments }: FindingsListProps) {
  const styles = useStyles();
  const { findings, pending, error } = found;
  const safe = safeRepairs(findings ?? [], segments);
  return (
    <div className={styles.stack} aria-busy={pending} data-testid="findings">
      <div className={styles.head}>
        <h3 className={styles.title}>
          <FormattedMessage id="findings.title" />
        </h3>
        {pending && <Spinner size="tiny" label={<FormattedMessage id="findings.pending" />} />}
        {!pending && safe.length > 0 && (
          <Button
            size="small"
            appearance="primary"
            icon={<WrenchRegular />}
            onClick={() => changeDraft((draft) => chooseRepairs(draft, safe, true))}
          >
            <FormattedMessage id="findings.repair-safe" values={{ count: safe.length }} />
          </Button>
        )}
      </div>
      <ErrorNotice error={error} actions={{ retry: found.again }} />
      {findings !== null && findings.length === 0 && (
        <Text className={styles.nothing}>
          <CheckmarkCircleRegular aria-hidden />
          <FormattedMessage id="findings.nothing" />
        </Text>
      )}
      {groups.map(({ effect, title }) => {
        const ofGroup = (findings ?? []).filter((finding) => finding.effect === effect);
        if (ofGroup.length === 0) return null;
        return (
          <section key={effect} className={styles.group}>
            <Text size={200} weight="semibold">
              <FormattedMessage id={title} />
            </Text>
            <ul className={styles.list}>
              {ofGroup.map((finding) => (
                <FindingCard key={`${finding.kind} ${finding.field}`} finding={finding} segments={segments} />
              ))}
            </ul>
          </section>
        );
      })}
    </div>
  );
}
