import { Link, makeStyles, Radio, RadioGroup, Text, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import type { RunView } from '../../../preload/contract/views.ts';
import { DataTable } from '../../components/data-table.tsx';
import { RunStateBadge } from '../../components/run-state-badge.tsx';
import { ShowMore } from '../../components/table/show-more.tsx';
import { useNow } from '../../components/use-now.ts';
import { shownState } from '../../stores/export-state.ts';
import { waitsForSignIn } from '../../stores/run-order.ts';
import { startedViaLabels } from '../../text/labels.ts';
import { useFormat } from '../../text/use-format.ts';
import { DurationChart } from './duration-chart.tsx';
import { durationOf, durationTrend, type HistoryDays, historyDays, runsWithin } from './run-history.ts';

const useStyles = makeStyles({
  title: { margin: '4px 0 0', fontSize: tokens.fontSizeBase300, fontWeight: tokens.fontWeightSemibold },
  trend: { display: 'flex', flexDirection: 'column', gap: '4px' },
  choice: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '0 12px' },
  quiet: { color: tokens.colorNeutralForeground2 },
  link: { fontSize: 'inherit', textAlign: 'left' },
  started: { display: 'flex', flexDirection: 'column', alignItems: 'flex-start' },
});

/** How long an export's runs take: a bar each over 3, 7 or 30 days, and the middle one against the days before. */
export function RunTrend({ runs }: { readonly runs: readonly RunView[] }) {
  const intl = useIntl();
  const styles = useStyles();
  const format = useFormat();
  const now = useNow(30_000);
  const [days, setDays] = useState<HistoryDays>(7);
  const { middle, before } = durationTrend(runs, days, now);
  return (
    <div className={styles.trend}>
      <div className={styles.choice}>
        <h3 className={styles.title}>
          <FormattedMessage id="exports.details.durations" />
        </h3>
        <RadioGroup
          layout="horizontal"
          aria-label={intl.formatMessage({ id: 'exports.details.span' })}
          value={String(days)}
          onChange={(_, data) => setDays(historyDays.find((span) => String(span) === data.value) ?? 7)}
        >
          {historyDays.map((span) => (
            <Radio
              key={span}
              value={String(span)}
              label={intl.formatMessage({ id: 'exports.details.days' }, { count: span })}
            />
          ))}
        </RadioGroup>
      </div>
      <DurationChart runs={runsWithin(runs, days, now)} />
      <Text size={200} className={styles.quiet}>
        {middle === null ? (
          <FormattedMessage id="exports.details.none-ended" values={{ count: days }} />
        ) : before === null ? (
          <FormattedMessage id="exports.details.middle" values={{ middle: format.duration(middle) }} />
        ) : (
          <FormattedMessage
            id="exports.details.trend"
            values={{ middle: format.duration(middle), before: format.duration(before) }}
          />
        )}
      </Text>
    </div>
  );
}

interface RunListProps {
  /** The newest first. */
  readonly runs: readonly RunView[];
  readonly left: number;
  readonly onMore: () => void;
  readonly onOpen: (runId: string) => void;
}

/** All runs of an export, the newest first; each can be opened. */
export function RunList({ runs, left, onMore, onOpen }: RunListProps) {
  const intl = useIntl();
  const styles = useStyles();
  const format = useFormat();
  return (
    <>
      <h3 className={styles.title}>
        <FormattedMessage id="exports.details.history" />
      </h3>
      <DataTable
        label={intl.formatMessage({ id: 'exports.details.history' })}
        maxHeight={260}
        testId="run-history"
        columns={[
          { name: 'started', title: <FormattedMessage id="runs.column.started" /> },
          { name: 'status', title: <FormattedMessage id="runs.column.status" /> },
          { name: 'took', title: <FormattedMessage id="exports.details.took" /> },
          { name: 'by', title: <FormattedMessage id="exports.details.started-by" /> },
          { name: 'rows', title: <FormattedMessage id="runs.column.rows" />, looks: 'number' },
          { name: 'accepted', title: <FormattedMessage id="runs.column.accepted" />, looks: 'number' },
        ]}
        rows={runs.map((run) => {
          const took = durationOf(run);
          return {
            key: run.runId,
            cells: [
              <span key="started" className={styles.started}>
                <Link as="button" className={styles.link} onClick={() => onOpen(run.runId)}>
                  {format.exactTime(run.startedAt)}
                </Link>
                {run.kind === 'undo' && <FormattedMessage id="runs.kind.undo" />}
                {run.parentRunId !== null && <FormattedMessage id="mended.runs" />}
              </span>,
              <RunStateBadge key="state" state={shownState(run)} waits={waitsForSignIn(run)} />,
              took === null ? '–' : format.duration(took),
              intl.formatMessage({ id: startedViaLabels[run.startedVia] }, { person: run.startedBy }),
              format.number(run.balance.rowsRead),
              format.number(run.balance.accepted),
            ],
          };
        })}
      />
      {left > 0 && <ShowMore onShow={onMore} />}
    </>
  );
}
