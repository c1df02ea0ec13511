import { Badge, Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import { InfoRegular } from '@fluentui/react-icons';
import { useId, useState } from 'react';
import { type IntlShape, useIntl } from 'react-intl';
import type { ColumnProfile, MatchReason, MatchScore } from '../../../preload/contract/views.ts';
import { certaintyLabels, columnKindLabels } from '../../text/labels.ts';

const useStyles = makeStyles({
  stack: { display: 'flex', flexDirection: 'column', gap: '4px', minWidth: 0 },
  line: { display: 'flex', flexWrap: 'wrap', gap: '2px 8px', alignItems: 'center' },
  quiet: { color: tokens.colorNeutralForeground2 },
  reasons: { margin: 0, paddingLeft: '18px', color: tokens.colorNeutralForeground2 },
});

const colors = { sure: 'success', likely: 'informative', unsure: 'warning' } as const;

/** One reason in words. */
export function reasonText(intl: IntlShape, reason: MatchReason): string {
  switch (reason.code) {
    case 'heading':
    case 'heading-part':
    case 'neighbour':
      return intl.formatMessage({ id: `matching.reason.${reason.code}` as const }, { heading: reason.heading });
    case 'contents':
    case 'other-contents': {
      const kind = intl.formatMessage({ id: columnKindLabels[reason.kind] });
      const { count, looked } = reason;
      return intl.formatMessage({ id: `matching.reason.${reason.code}` as const }, { count, looked, kind });
    }
    case 'empty':
      return intl.formatMessage({ id: 'matching.reason.empty' });
  }
}

/** How far a match can be trusted. */
export function CertaintyBadge({ match }: { readonly match: MatchScore }) {
  const intl = useIntl();
  return (
    <Badge appearance="tint" color={colors[match.certainty]}>
      {intl.formatMessage({ id: certaintyLabels[match.certainty] })}
    </Badge>
  );
}

/** How full a column is, how many values differ, and what they are. */
export function factsText(intl: IntlShape, profile: ColumnProfile, rows: number): string {
  // A column with one blank cell is not full: shares are cut, not rounded.
  const share = rows === 0 ? 0 : Math.floor((profile.filled / rows) * 100) / 100;
  return intl.formatMessage(
    { id: 'matching.facts' },
    {
      share: intl.formatNumber(share, { style: 'percent' }),
      distinct: profile.distinct,
      kind: intl.formatMessage({ id: columnKindLabels[profile.kind] }),
    },
  );
}

interface MatchEvidenceProps {
  /** Names the field, for the button that shows the reasons. */
  readonly label: string;
  readonly profile: ColumnProfile;
  readonly rows: number;
  /** How well the column goes with the field; undefined where nothing speaks for it. */
  readonly match: MatchScore | undefined;
}

/** Under a matched column: how sure the match is, what the column holds, and on request why. */
export function MatchEvidence({ label, profile, rows, match }: MatchEvidenceProps) {
  const intl = useIntl();
  const styles = useStyles();
  const [open, setOpen] = useState(false);
  const reasonsId = useId();
  return (
    <div className={styles.stack} data-testid="match-evidence">
      <div className={styles.line}>
        {match !== undefined && <CertaintyBadge match={match} />}
        <Text size={200} className={styles.quiet}>
          {factsText(intl, profile, rows)}
        </Text>
        {match !== undefined && (
          <Button
            appearance="transparent"
            size="small"
            icon={<InfoRegular />}
            aria-expanded={open}
            aria-controls={reasonsId}
            aria-label={intl.formatMessage({ id: 'matching.why-named' }, { name: label })}
            onClick={() => setOpen(!open)}
          >
            {intl.formatMessage({ id: 'matching.why' })}
          </Button>
        )}
      </div>
      <ul id={reasonsId} className={styles.reasons} hidden={!open}>
        {(match?.reasons ?? []).map((reason) => (
          <li key={reason.code}>
            <Text size={200}>{reasonText(intl, reason)}</Text>
          </li>
        ))}
      </ul>
    </div>
  );
}
