import { Badge, Button, Link, makeStyles, mergeClasses, Text, tokens } from '@fluentui/react-components';
import { ArrowRightRegular, ArrowUndoRegular, WrenchRegular } from '@fluentui/react-icons';
import { useState } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import type { FindingView, FoundCell, SegmentMatching } from '../../../preload/contract/views.ts';
import { useHiddenStyles } from '../../components/visually-hidden.ts';
import { changeDraft } from '../../stores/draft-store.ts';
import { chooseRepairs, isRepairChosen } from '../../stores/export-draft.ts';
import type { MessageKey } from '../../text/messages.ts';
import { useFieldLabel } from '../../text/use-field-label.ts';
import { FindingRows } from './finding-rows.tsx';

/** Cells shown on the card itself. */
const mostShown = 2;

const useStyles = makeStyles({
  card: {
    display: 'flex',
    flexDirection: 'column',
    gap: '6px',
    padding: '10px 12px',
    borderRadius: tokens.borderRadiusLarge,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    minWidth: 0,
  },
  head: { display: 'flex', flexWrap: 'wrap', gap: '6px 8px', alignItems: 'center', justifyContent: 'space-between' },
  title: { display: 'flex', gap: '8px', alignItems: 'center', flex: '1 1 200px', minWidth: 0 },
  name: { overflowWrap: 'anywhere' },
  quiet: { color: tokens.colorNeutralForeground2 },
  examples: { listStyle: 'none', margin: 0, padding: 0, display: 'flex', flexDirection: 'column', gap: '2px' },
  example: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: '2px 8px',
    alignItems: 'center',
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase200,
  },
  cell: {
    overflowWrap: 'anywhere',
    whiteSpace: 'pre-wrap',
    padding: '0 4px',
    borderRadius: tokens.borderRadiusSmall,
    backgroundColor: tokens.colorNeutralBackground3,
  },
  repaired: { backgroundColor: tokens.colorStatusSuccessBackground1, color: tokens.colorStatusSuccessForeground1 },
  foot: { display: 'flex', flexWrap: 'wrap', gap: '4px 16px', alignItems: 'center' },
  rows: { fontSize: tokens.fontSizeBase200 },
});

const badgeColors = { rejected: 'danger', 'left-out': 'warning', warning: 'informative' } as const;

type Part = 'title' | 'advice' | 'repair';
const wordsOf = (finding: FindingView, part: Part): MessageKey => `finding.${finding.kind}.${part}` as MessageKey;

/** A cell before and after the repair; without one, as it stands. */
function Example({ cell, repaired, alike }: FoundCell) {
  const intl = useIntl();
  const styles = useStyles();
  const hidden = useHiddenStyles();
  return (
    <li className={styles.example}>
      <span className={styles.cell}>{cell}</span>
      {repaired !== null && (
        <>
          <ArrowRightRegular aria-hidden />
          <span className={hidden.hidden}>{intl.formatMessage({ id: 'finding.becomes' })}</span>
          <span className={mergeClasses(styles.cell, styles.repaired)}>
            {repaired === '' ? intl.formatMessage({ id: 'finding.rows.blank' }) : repaired}
          </span>
        </>
      )}
      {alike !== undefined && (
        <span>
          <FormattedMessage id="finding.alike" values={{ count: alike.count }} />
        </span>
      )}
    </li>
  );
}

interface FindingCardProps {
  readonly finding: FindingView;
  readonly segments: readonly SegmentMatching[];
}

/** One thing the checks found: what it is, how often, real cells, its repair, and on request every row. */
export function FindingCard({ finding, segments }: FindingCardProps) {
  const intl = useIntl();
  const styles = useStyles();
  const labelOf = useFieldLabel();
  const [open, setOpen] = useState(false);
  const { field, kind, count, repairable, examples } = finding;
  // What was just chosen shows at once; the finding follows when it has been counted.
  const chosen = field !== null && isRepairChosen(segments, field, kind);
  const inSome = finding.repairChosen ? 0 : finding.repaired;
  const repaired = chosen ? repairable : inSome;
  const { country } = finding.params;
  const values = {
    ...finding.params,
    ...(typeof country === 'string' && country.length === 2
      ? { country: intl.formatDisplayName(country, { type: 'region' }) ?? country }
      : {}),
    field: field === null ? '' : labelOf(field),
    count,
  };
  const title = intl.formatMessage({ id: wordsOf(finding, 'title') }, values);
  const mendable = examples.filter((example) => example.repaired !== null);
  const shown = (mendable.length > 0 ? mendable : examples).filter(({ cell }) => cell !== '').slice(0, mostShown);
  const toggle = (): void => {
    if (field !== null) changeDraft((draft) => chooseRepairs(draft, [{ field, kind }], !chosen));
  };
  return (
    <li className={styles.card} data-testid={`finding-${kind}`}>
      <div className={styles.head}>
        <span className={styles.title}>
          <Badge appearance="tint" color={repaired === count ? 'success' : badgeColors[finding.effect]}>
            {intl.formatNumber(count)}
          </Badge>
          <Text weight="semibold" className={styles.name}>
            {title}
          </Text>
        </span>
        {repairable > 0 && field !== null && (
          <Button
            size="small"
            icon={chosen ? <ArrowUndoRegular /> : <WrenchRegular />}
            onClick={toggle}
            aria-label={intl.formatMessage(
              { id: chosen ? 'finding.undo-named' : 'finding.repair-named' },
              { title, repair: intl.formatMessage({ id: wordsOf(finding, 'repair') }, values) },
            )}
          >
            {intl.formatMessage({ id: chosen ? 'finding.undo' : wordsOf(finding, 'repair') }, values)}
          </Button>
        )}
      </div>
      <Text size={200} className={styles.quiet}>
        {intl.formatMessage({ id: wordsOf(finding, 'advice') }, values)}
      </Text>
      {!open && shown.length > 0 && (
        <ul className={styles.examples}>
          {shown.map((example) => (
            <Example key={`${example.segmentId} ${example.rowNumber}`} {...example} />
          ))}
        </ul>
      )}
      <span className={styles.foot}>
        {examples.length > 0 && (
          <Link as="button" className={styles.rows} aria-expanded={open} onClick={() => setOpen(!open)}>
            <FormattedMessage id={open ? 'finding.hide-rows' : 'finding.show-rows'} values={{ count }} />
          </Link>
        )}
        {repaired > 0 ? (
          <Text size={200} className={styles.quiet}>
            <FormattedMessage id="finding.repaired" values={{ repaired, count }} />
          </Text>
        ) : (
          repairable > 0 &&
          repairable < count && (
            <Text size={200} className={styles.quiet}>
              <FormattedMessage id="finding.repairable" values={{ repairable, count }} />
            </Text>
          )
        )}
      </span>
      {open && <FindingRows finding={finding} segments={segments} title={title} />}
    </li>
  );
}
