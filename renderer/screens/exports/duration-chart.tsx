import { makeStyles, mergeClasses, Text, tokens } from '@fluentui/react-components';
import { useIntl } from 'react-intl';
import type { RunView } from '../../../preload/contract/views.ts';
import { useFormat } from '../../text/use-format.ts';
import { durationOf } from './run-history.ts';

const height = 56;
/** The room of one bar, in pixels; with many runs they grow thinner instead of leaving the pane. */
const widestBar = 14;
const widestChart = 860;

const useStyles = makeStyles({
  chart: { display: 'block', maxWidth: '100%' },
  bar: { fill: tokens.colorBrandBackground },
  wrong: { fill: tokens.colorPaletteRedBackground3 },
  ends: { display: 'flex', justifyContent: 'space-between', gap: '12px', maxWidth: '100%' },
  quiet: { color: tokens.colorNeutralForeground3 },
});

/** The durations of runs, oldest first, a bar each; runs that failed in red. Below stand the first and the last day. */
export function DurationChart({ runs }: { readonly runs: readonly RunView[] }) {
  const intl = useIntl();
  const styles = useStyles();
  const format = useFormat();
  const ended = runs.flatMap((run) => {
    const took = durationOf(run);
    return took === null ? [] : [{ run, took }];
  });
  const [first] = ended;
  const last = ended.at(-1);
  if (first === undefined || last === undefined) return null;
  const longest = Math.max(1, ...ended.map(({ took }) => took));
  const label = intl.formatMessage(
    { id: 'exports.details.chart' },
    { count: ended.length, longest: format.duration(longest) },
  );
  const step = Math.min(widestBar, widestChart / ended.length);
  const width = ended.length * step;
  const day = (at: number) => intl.formatDate(at, { day: 'numeric', month: 'short' });
  const ends = [...new Set([day(first.run.startedAt), day(last.run.startedAt)])];
  return (
    <div>
      <svg
        className={styles.chart}
        width={width}
        height={height}
        viewBox={`0 0 ${width} ${height}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={label}
      >
        {ended.map(({ run, took }, index) => {
          const size = Math.max(3, (took / longest) * (height - 4));
          const gap = step > 4 ? 2 : 0.5;
          return (
            <rect
              key={run.runId}
              className={mergeClasses(styles.bar, ['failed', 'interrupted'].includes(run.state) && styles.wrong)}
              x={index * step + gap}
              y={height - size}
              width={step - 2 * gap}
              height={size}
              rx={Math.min(2, step / 4)}
            >
              <title>
                {intl.formatMessage(
                  { id: 'balance.piece' },
                  { label: format.exactTime(run.startedAt), count: format.duration(took) },
                )}
              </title>
            </rect>
          );
        })}
      </svg>
      <div className={styles.ends} style={{ width: Math.max(width, 160) }}>
        {ends.map((text) => (
          <Text key={text} size={200} className={styles.quiet}>
            {text}
          </Text>
        ))}
      </div>
    </div>
  );
}
