import { makeStyles, tokens } from '@fluentui/react-components';
import { useIntl } from 'react-intl';
import type { SegmentView } from '../../../preload/contract/views.ts';
import { exactTime } from '../../text/format.ts';

const width = 96;
const height = 28;
const margin = 3;

const useStyles = makeStyles({
  chart: { display: 'block', width: `${width}px`, height: `${height}px`, overflow: 'visible' },
  line: { fill: 'none', stroke: tokens.colorBrandStroke1, strokeWidth: '1.5px', strokeLinejoin: 'round' },
  dot: { fill: tokens.colorBrandStroke1 },
});

/** How a segment's rows have grown from version to version: evenly spaced, from nothing to the most there were. */
export function GrowthChart({ segment }: { readonly segment: SegmentView }) {
  const intl = useIntl();
  const styles = useStyles();
  const { versions } = segment;
  const [first] = versions;
  const last = versions.at(-1);
  if (first === undefined || last === undefined || versions.length < 2) return null;
  const most = Math.max(1, ...versions.map(({ rowCount }) => rowCount));
  const points = versions.map(({ rowCount }, index) => ({
    x: margin + (index / (versions.length - 1)) * (width - 2 * margin),
    y: height - margin - (rowCount / most) * (height - 2 * margin),
  }));
  const end = points.at(-1);
  const label = intl.formatMessage(
    { id: 'library.growth' },
    {
      count: versions.length,
      first: first.rowCount,
      last: last.rowCount,
      since: exactTime(first.readAt, intl.locale),
    },
  );
  return (
    <svg className={styles.chart} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
      <title>{label}</title>
      <polyline className={styles.line} points={points.map(({ x, y }) => `${x},${y}`).join(' ')} />
      {end !== undefined && <circle className={styles.dot} cx={end.x} cy={end.y} r={2.5} />}
    </svg>
  );
}
