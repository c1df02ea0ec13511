import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { useIntl } from 'react-intl';
import type { RunView } from '../../../preload/contract/views.ts';
import { useFormat } from '../../text/use-format.ts';
import { durationOf } from './run-history.ts';

const height = 56;
const step = 14;

const useStyles = makeStyles({
  chart: { display: 'block', maxWidth: '100%' },
  bar: { fill: tokens.colorBrandBackground },
  wrong: { fill: tokens.colorPaletteRedBackground3 },
});

/** The durations of runs, oldest first, a bar each; runs that failed in red. */
export function DurationChart({ runs }: { readonly runs: readonly RunView[] }) {
  const intl = useIntl();
  const styles = useStyles();
  const format = useFormat();
  const ended = runs.flatMap((run) => {
    const took = durationOf(run);
    return took === null ? [] : [{ run, took }];
  });
  if (ended.length === 0) return null;
  const longest = Math.max(1, ...ended.map(({ took }) => took));
  const label = intl.formatMessage(
    { id: 'exports.details.chart' },
    { count: ended.length, longest: format.duration(longest) },
  );
  const width = ended.length * step;
  return (
    <svg className={styles.chart} width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img">
      <title>{label}</title>
      {ended.map(({ run, took }, index) => {
        const size = Math.max(3, (took / longest) * (height - 4));
        return (
          <rect
            key={run.runId}
            className={mergeClasses(styles.bar, ['failed', 'interrupted'].includes(run.state) && styles.wrong)}
            x={index * step + 2}
            y={height - size}
            width={step - 4}
            height={size}
            rx={2}
          />
        );
      })}
    </svg>
  );
}
