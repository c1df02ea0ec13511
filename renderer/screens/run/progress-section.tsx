import { makeStyles, ProgressBar, Text, tokens } from '@fluentui/react-components';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import type { RunView } from '../../../preload/contract/views.ts';
import { Section } from '../../components/section.tsx';
import { useHiddenStyles } from '../../components/visually-hidden.ts';
import { isActive } from '../../stores/run-order.ts';
import { share } from '../../text/format.ts';
import { phaseLabels, waitingLabels } from '../../text/labels.ts';
import type { MessageKey } from '../../text/messages.ts';
import { useFormat } from '../../text/use-format.ts';

/** How often screen readers are told how far the run is. */
const announceMs = 5_000;

const useStyles = makeStyles({
  stack: { display: 'flex', flexDirection: 'column', gap: '12px' },
  big: { display: 'flex', flexWrap: 'wrap', alignItems: 'baseline', gap: '4px 12px' },
  number: { fontVariantNumeric: 'tabular-nums' },
  facts: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(150px, 1fr))',
    gap: '8px 16px',
    margin: 0,
  },
  label: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  value: { margin: 0, fontVariantNumeric: 'tabular-nums', fontWeight: tokens.fontWeightSemibold },
  waiting: { color: tokens.colorNeutralForeground2 },
});

/** Waits during which nothing moves, and no rate says anything. */
const standsStill: ReadonlySet<NonNullable<RunView['waiting']>['for']> = new Set([
  'network',
  'quota',
  'sign-in',
  'service',
]);

function Fact({ label, children }: { readonly label: MessageKey; readonly children: ReactNode }) {
  const styles = useStyles();
  return (
    <div>
      <dt className={styles.label}>
        <FormattedMessage id={label} />
      </dt>
      <dd className={styles.value}>{children}</dd>
    </div>
  );
}

/** Says how far the run is, politely and every few seconds only. */
function Announcement({ text }: { readonly text: string }) {
  const hidden = useHiddenStyles();
  const latest = useRef(text);
  latest.current = text;
  const [said, setSaid] = useState(text);
  useEffect(() => {
    const timer = setInterval(() => setSaid(latest.current), announceMs);
    return () => clearInterval(timer);
  }, []);
  return (
    <div className={hidden.hidden} aria-live="polite">
      {said}
    </div>
  );
}

const endingLabels: Partial<Record<RunView['state'], MessageKey>> = {
  pausing: 'run.phase.pausing',
  cancelling: 'run.phase.stopping',
};

/** How far a run is, in numbers, and what it waits for. */
export function ProgressSection({ run }: { readonly run: RunView }) {
  const intl = useIntl();
  const styles = useStyles();
  const format = useFormat();
  const { progress, waiting } = run;
  const active = isActive(run);
  const done = share(progress.rowsSettled, progress.rowsToSend);
  // Who knows how long that takes.
  const still = waiting !== null && standsStill.has(waiting.for);
  const preparing = progress.phase === 'preparing';
  const phase = intl.formatMessage({
    id: endingLabels[run.state] ?? phaseLabels[progress.phase],
  });
  const rows = intl.formatMessage(
    { id: 'run.rows-sent' },
    { sent: format.number(progress.rowsPosted), total: format.number(progress.rowsToSend) },
  );
  return (
    <Section title={active ? phase : <FormattedMessage id="run.stopped-at" />}>
      <div className={styles.stack}>
        <div className={styles.big}>
          <Text size={600} weight="semibold" className={styles.number} data-testid="run-share">
            {preparing ? '–' : format.percent(done)}
          </Text>
          {!preparing && (
            <Text className={styles.number} data-testid="run-rows">
              {rows}
            </Text>
          )}
        </div>
        <ProgressBar
          thickness="large"
          aria-label={intl.formatMessage({ id: 'run.progress' })}
          {...(active && preparing ? {} : { value: done })}
        />
        <dl className={styles.facts}>
          <Fact label="run.settled">{format.number(progress.rowsSettled)}</Fact>
          <Fact label="run.batches">
            <FormattedMessage
              id="run.of"
              values={{ part: format.number(progress.batchesSettled), whole: format.number(progress.batches) }}
            />
          </Fact>
          {active && (
            <>
              <Fact label="run.rate">
                {still ? (
                  '–'
                ) : (
                  <FormattedMessage id="run.rows-per-second" values={{ rate: format.number(progress.rowsPerSecond) }} />
                )}
              </Fact>
              <Fact label="run.remaining">
                {still || progress.remainingMs === null ? '–' : format.duration(progress.remainingMs)}
              </Fact>
            </>
          )}
        </dl>
        {active && waiting !== null && (
          <Text className={styles.waiting}>
            {intl.formatMessage({ id: waitingLabels[waiting.for] })}{' '}
            {waiting.until !== null &&
              (waiting.for === 'quota' ? (
                <FormattedMessage id="run.waiting.until-day" values={{ time: format.exactTime(waiting.until) }} />
              ) : (
                <FormattedMessage id="run.waiting.until" values={{ time: format.timeOfDay(waiting.until) }} />
              ))}
          </Text>
        )}
      </div>
      {active && <Announcement text={preparing ? phase : `${phase} ${rows}`} />}
    </Section>
  );
}
