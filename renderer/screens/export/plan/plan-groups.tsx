import { Button, MessageBar, MessageBarBody, makeStyles, mergeClasses, Text, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import type { ExportView, PlanGroup, PlanRow, PlanView } from '../../../../preload/contract/views.ts';
import { absentGroups, clearingGroups, rowGroups, rowReasonLabel } from '../../../text/plan-labels.ts';
import { useFormat } from '../../../text/use-format.ts';
import { PlanRows } from './plan-rows.tsx';

const useStyles = makeStyles({
  table: { borderCollapse: 'collapse', width: '100%' },
  cell: { padding: '6px 8px', borderTop: `1px solid ${tokens.colorNeutralStroke3}`, verticalAlign: 'top' },
  label: { textAlign: 'left', fontWeight: tokens.fontWeightRegular },
  number: {
    textAlign: 'right',
    fontVariantNumeric: 'tabular-nums',
    fontWeight: tokens.fontWeightSemibold,
    whiteSpace: 'nowrap',
  },
  none: { color: tokens.colorNeutralForeground3, fontWeight: tokens.fontWeightRegular },
  quiet: { display: 'block', color: tokens.colorNeutralForeground2 },
  look: { textAlign: 'right', width: '1%', whiteSpace: 'nowrap' },
  total: { borderTop: `2px solid ${tokens.colorNeutralStroke1}`, fontWeight: tokens.fontWeightSemibold },
  beside: { display: 'block', marginTop: '8px' },
});

/** Clearing that takes more of the day's requests is warned of. */
const largeShare = 0.2;

const reasonsOf = (plan: PlanView, group: PlanGroup): readonly { reason: PlanRow['reason']; count: number }[] => {
  if (group === 'heldBack') return plan.heldBack;
  if (group === 'rejected') return plan.rejected;
  return group === 'staying' ? plan.staying : [];
};

interface PlanGroupsProps {
  readonly plan: PlanView;
  readonly view: ExportView;
}

/** Where every row would stand, as numbers that add up; each can be looked into. */
export function PlanGroups({ plan, view }: PlanGroupsProps) {
  const intl = useIntl();
  const styles = useStyles();
  const format = useFormat();
  const [open, setOpen] = useState<PlanGroup | null>(null);
  const { groups } = plan;
  const absent = plan.mode === 'mirror' ? absentGroups : [];

  const lineOf = ({ group, label, explanation }: (typeof rowGroups)[number]) => {
    const count = groups[group];
    const title = intl.formatMessage({ id: label });
    const reasons = reasonsOf(plan, group)
      .flatMap(({ reason, count: n }) => (reason === null ? [] : [{ reason, n }]))
      .map(({ reason, n }) =>
        intl.formatMessage(
          { id: 'plan.reason' },
          { reason: intl.formatMessage({ id: rowReasonLabel(reason) }), count: format.number(n) },
        ),
      );
    return [
      <tr key={group}>
        <th scope="row" className={mergeClasses(styles.cell, styles.label, count === 0 && styles.none)}>
          {title}
          {count > 0 && (
            <Text size={200} className={styles.quiet}>
              {reasons.length > 0
                ? intl.formatList(reasons, { type: 'unit' })
                : intl.formatMessage({ id: explanation })}
            </Text>
          )}
        </th>
        <td
          className={mergeClasses(styles.cell, styles.number, count === 0 && styles.none)}
          data-testid={`plan-${group}`}
        >
          {format.number(count)}
        </td>
        <td className={mergeClasses(styles.cell, styles.look)}>
          {count > 0 && (
            <Button
              size="small"
              appearance="subtle"
              aria-expanded={open === group}
              aria-label={intl.formatMessage(
                { id: open === group ? 'plan.close-group-named' : 'plan.look-into-named' },
                { group: title },
              )}
              onClick={() => setOpen(open === group ? null : group)}
            >
              <FormattedMessage id={open === group ? 'plan.close-group' : 'plan.look-into'} />
            </Button>
          )}
        </td>
      </tr>,
      ...(open === group && count > 0
        ? [
            <tr key={`${group} rows`}>
              <td colSpan={3}>
                <PlanRows key={plan.planId} group={group} title={title} count={count} view={view} />
              </td>
            </tr>,
          ]
        : []),
    ];
  };

  return (
    <>
      <table className={styles.table} data-testid="plan-groups">
        <tbody>{rowGroups.map(lineOf)}</tbody>
        <tfoot>
          <tr>
            <th scope="row" className={mergeClasses(styles.cell, styles.label, styles.total)}>
              <FormattedMessage id="plan.rows-read" />
            </th>
            <td className={mergeClasses(styles.cell, styles.number, styles.total)} data-testid="plan-rowsRead">
              {format.number(groups.rowsRead)}
            </td>
            <td className={mergeClasses(styles.cell, styles.total)} />
          </tr>
        </tfoot>
      </table>
      {groups.unreadable > 0 && (
        <Text size={200} className={styles.beside}>
          <FormattedMessage id="balance.unreadable" values={{ count: groups.unreadable }} />
        </Text>
      )}
      {absent.length > 0 && (
        <table
          className={mergeClasses(styles.table, styles.beside)}
          style={{ display: 'table' }}
          aria-label={intl.formatMessage({ id: 'plan.absent' })}
        >
          <tbody>{absent.map(lineOf)}</tbody>
        </table>
      )}
      {groups.clearing > 0 && (
        <table
          className={mergeClasses(styles.table, styles.beside)}
          style={{ display: 'table' }}
          aria-label={intl.formatMessage({ id: 'plan.group.clearing' })}
        >
          <tbody>{clearingGroups.map(lineOf)}</tbody>
        </table>
      )}
      <ClearingNotes plan={plan} view={view} />
    </>
  );
}

/** What clearing costs, and whom it leaves alone. */
function ClearingNotes({ plan, view }: PlanGroupsProps) {
  const styles = useStyles();
  const { groups, requests, requestsToday, clearingNotKnown } = plan;
  const chosen = view.segments.some(({ fieldMap }) => fieldMap.some(({ whenBlank }) => whenBlank === 'clear'));
  if (!chosen) return null;
  const left = Math.max(0, requestsToday.limit - requestsToday.made);
  const share = left === 0 ? 1 : requests.clearing / left;
  return (
    <div data-testid="plan-clearing-notes">
      {share > largeShare && share <= 1 && (
        <MessageBar intent="warning" layout="multiline" className={styles.beside}>
          <MessageBarBody>
            <FormattedMessage id="plan.clearing.share" values={{ percent: Math.round(share * 100) }} />
          </MessageBarBody>
        </MessageBar>
      )}
      {groups.new > 0 && (
        <Text size={200} className={mergeClasses(styles.quiet, styles.beside)}>
          <FormattedMessage id="plan.clearing.new" />
        </Text>
      )}
      {clearingNotKnown > 0 && (
        <Text size={200} className={mergeClasses(styles.quiet, styles.beside)}>
          <FormattedMessage id="plan.clearing.not-known" values={{ count: clearingNotKnown }} />
        </Text>
      )}
    </div>
  );
}
