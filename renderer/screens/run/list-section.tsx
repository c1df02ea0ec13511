import { Button, Link, makeStyles, mergeClasses, Text, tokens } from '@fluentui/react-components';
import { ArrowSyncRegular, ArrowUndoRegular } from '@fluentui/react-icons';
import { type ReactNode, useState } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import type { RowFate, RunView } from '../../../preload/contract/views.ts';
import { call } from '../../bridge/client.ts';
import { adopt } from '../../bridge/connect-stores.ts';
import { ConfirmQuestion } from '../../components/confirm-question.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Modal } from '../../components/modal.tsx';
import { Section } from '../../components/section.tsx';
import { useAction } from '../../components/use-action.ts';
import { navigate } from '../../stores/draft-store.ts';
import { useMirror } from '../../stores/mirror-store.ts';
import { mayManageRun } from '../../stores/rights.ts';
import { isActive } from '../../stores/run-order.ts';
import type { MessageKey } from '../../text/messages.ts';
import { fateLabels } from '../../text/run-labels.ts';
import { useFormat } from '../../text/use-format.ts';
import { RowsPanel, type ShownRows } from './rows-panel.tsx';

const useStyles = makeStyles({
  facts: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(140px, 1fr))',
    gap: '12px 16px',
    margin: '0 0 12px',
  },
  label: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  value: {
    margin: 0,
    fontVariantNumeric: 'tabular-nums',
    fontWeight: tokens.fontWeightSemibold,
    fontSize: tokens.fontSizeBase400,
  },
  stack: { display: 'flex', flexDirection: 'column', gap: '8px' },
  opens: { fontSize: 'inherit', fontWeight: 'inherit' },
  quiet: { color: tokens.colorNeutralForeground2 },
  none: { color: tokens.colorNeutralForeground3, fontWeight: tokens.fontWeightRegular },
});

const fates: readonly { readonly fate: RowFate; readonly count: 'onList' | 'optedOut' | 'refused' | 'missing' }[] = [
  { fate: 'on-list', count: 'onList' },
  { fate: 'opted-out', count: 'optedOut' },
  { fate: 'refused', count: 'refused' },
  { fate: 'missing', count: 'missing' },
];

function Fact({ label, none = false, children }: { label: MessageKey; none?: boolean; children: ReactNode }) {
  const styles = useStyles();
  return (
    <div>
      <dt className={styles.label}>
        <FormattedMessage id={label} />
      </dt>
      <dd className={mergeClasses(styles.value, none && styles.none)}>{children}</dd>
    </div>
  );
}

/** What became of the list: who was taken off or put back, and, once it is read back, where the people are. */
export function ListSection({ run }: { readonly run: RunView }) {
  const styles = useStyles();
  const format = useFormat();
  const intl = useIntl();
  const [shown, setShown] = useState<ShownRows | null>(null);
  const { account } = run;
  const { readBack } = account;
  const read = useAction(async () => {
    adopt({ runs: [await call('runs.readBack', { runId: run.runId })] });
  });
  const reading = readBack.state === 'reading' || read.pending;
  const { clearing } = account;
  const may = useMirror((mirror) => mayManageRun(mirror, run));
  if (isActive(run) && account.leavers + account.toPutBack + clearing.people === 0) return null;
  return (
    <Section
      title={<FormattedMessage id="list-after.title" values={{ list: run.listName }} />}
      description={<OptOuts run={run} />}
      actions={
        may && (
          <>
            {(account.canReadBack || reading) && (
              <Button icon={<ArrowSyncRegular />} disabledFocusable={reading} onClick={() => void read.run()}>
                <FormattedMessage id={reading ? 'list-after.reading' : 'list-after.read-back'} />
              </Button>
            )}
            <Undo run={run} />
          </>
        )
      }
    >
      <div className={styles.stack}>
        <ErrorNotice error={read.error} actions={{ retry: () => void read.run() }} />
        {account.leavers + account.toPutBack > 0 && (
          <dl className={styles.facts} data-testid="list-changes">
            {account.leavers > 0 && (
              <Fact label="list-after.removed">
                <FormattedMessage
                  id="list-after.of"
                  values={{ done: format.number(account.removed), all: format.number(account.leavers) }}
                />
              </Fact>
            )}
            {account.unsettled > 0 && <Fact label="list-after.unsettled">{format.number(account.unsettled)}</Fact>}
            {account.alreadyGone > 0 && (
              <Fact label="list-after.already-gone">{format.number(account.alreadyGone)}</Fact>
            )}
            {account.toPutBack > 0 && (
              <Fact label="list-after.put-back">
                <FormattedMessage
                  id="list-after.of"
                  values={{ done: format.number(account.putBack), all: format.number(account.toPutBack) }}
                />
              </Fact>
            )}
          </dl>
        )}
        {clearing.people > 0 && <Clearing clearing={clearing} />}
        {readBack.state === 'done' && (
          <dl className={styles.facts} data-testid="fates">
            {fates.map(({ fate, count }) => (
              <Fact key={fate} label={fateLabels[fate]} none={readBack[count] === 0}>
                {readBack[count] > 0 && account.rowsKept && may ? (
                  <Link
                    as="button"
                    className={styles.opens}
                    aria-label={intl.formatMessage(
                      { id: 'rows.open' },
                      { rows: intl.formatMessage({ id: fateLabels[fate] }), count: readBack[count] },
                    )}
                    onClick={() => setShown({ outcome: null, fate })}
                  >
                    {format.number(readBack[count])}
                  </Link>
                ) : (
                  format.number(readBack[count])
                )}
              </Fact>
            ))}
          </dl>
        )}
        {readBack.state === 'done' && readBack.refused + readBack.missing > 0 && (
          <Text size={200} className={styles.quiet}>
            <FormattedMessage id="list-after.sent-again" />
          </Text>
        )}
        {run.kind === 'export' && <ReadBackState run={run} />}
      </div>
      <RowsPanel run={run} shown={shown} onClose={() => setShown(null)} />
    </Section>
  );
}

/** Whose fields were cleared, and what became of the others. */
function Clearing({ clearing }: { readonly clearing: RunView['account']['clearing'] }) {
  const styles = useStyles();
  const format = useFormat();
  const { people, cleared, alreadyBlank, leftAsIs, refused } = clearing;
  const why: readonly MessageKey[] = [
    ...(leftAsIs > 0 ? ['list-after.clear-left.why' as const] : []),
    ...(refused > 0 ? ['list-after.clear-refused.why' as const] : []),
  ];
  return (
    <>
      <dl className={styles.facts} data-testid="clearing">
        <Fact label="list-after.cleared">
          <FormattedMessage id="list-after.of" values={{ done: format.number(cleared), all: format.number(people) }} />
        </Fact>
        {alreadyBlank > 0 && <Fact label="list-after.clear-blank">{format.number(alreadyBlank)}</Fact>}
        {leftAsIs > 0 && <Fact label="list-after.clear-left">{format.number(leftAsIs)}</Fact>}
        {refused > 0 && <Fact label="list-after.clear-refused">{format.number(refused)}</Fact>}
      </dl>
      {why.map((id) => (
        <Text key={id} size={200} className={styles.quiet}>
          <FormattedMessage id={id} />
        </Text>
      ))}
    </>
  );
}

/** How much was known of opt-outs when the run was planned. */
function OptOuts({ run }: { readonly run: RunView }) {
  const format = useFormat();
  const { optOutsReadAt } = run.account;
  if (run.kind === 'undo') return <UndoneRun run={run} />;
  if (optOutsReadAt === null) return <FormattedMessage id="list-after.opt-outs-unknown" />;
  return <FormattedMessage id="list-after.opt-outs-known" values={{ time: format.exactTime(optOutsReadAt) }} />;
}

function UndoneRun({ run }: { readonly run: RunView }) {
  const format = useFormat();
  const undone = useMirror((mirror) => (run.undoes === null ? undefined : mirror.runs[run.undoes]));
  if (undone === undefined) return <FormattedMessage id="undo.of-gone" />;
  return (
    <Link as="button" onClick={() => navigate({ name: 'run', runId: undone.runId })}>
      <FormattedMessage id="undo.of" values={{ time: format.exactTime(undone.startedAt) }} />
    </Link>
  );
}

function ReadBackState({ run }: { readonly run: RunView }) {
  const styles = useStyles();
  const format = useFormat();
  const { readBack, canReadBack } = run.account;
  const text = ((): ReactNode => {
    if (readBack.state === 'done' && readBack.at !== null) {
      return <FormattedMessage id="list-after.read-at" values={{ time: format.exactTime(readBack.at) }} />;
    }
    if (readBack.state === 'failed') {
      return <FormattedMessage id={readBack.error === 'cancelled' ? 'list-after.cancelled' : 'list-after.failed'} />;
    }
    return canReadBack ? <FormattedMessage id="list-after.not-read" /> : null;
  })();
  return text === null ? null : (
    <Text size={200} className={styles.quiet} aria-live="polite">
      {text}
    </Text>
  );
}

/** *Undo this run…*, with what it would do and what it would not. */
function Undo({ run }: { readonly run: RunView }) {
  const intl = useIntl();
  const styles = useStyles();
  const [asking, setAsking] = useState(false);
  const { undo } = run.account;
  const start = useAction(async () => {
    const undoing = await call('runs.undo', { runId: run.runId });
    adopt({ runs: [undoing] });
    setAsking(false);
    navigate({ name: 'run', runId: undoing.runId });
  });
  if (undo === null && !asking) return null;
  const { takeOff, putBack } = undo ?? { takeOff: 0, putBack: 0 };
  return (
    <>
      <Button icon={<ArrowUndoRegular />} onClick={() => setAsking(true)}>
        <FormattedMessage id="undo.button" />
      </Button>
      <Modal onClose={() => setAsking(false)}>
        {asking ? (
          <ConfirmQuestion
            title={intl.formatMessage({ id: 'undo.title' })}
            confirmLabel={intl.formatMessage({ id: 'undo.confirm' })}
            pending={start.pending}
            error={start.error}
            onConfirm={() => void start.run()}
            onCancel={() => setAsking(false)}
          >
            <div className={styles.stack}>
              {takeOff > 0 && (
                <Text>
                  <FormattedMessage id="undo.take-off" values={{ count: takeOff, list: run.listName }} />
                </Text>
              )}
              {putBack > 0 && (
                <Text>
                  <FormattedMessage id="undo.put-back" values={{ count: putBack, list: run.listName }} />
                </Text>
              )}
              <Text className={styles.quiet}>
                <FormattedMessage id="undo.not" />
              </Text>
            </div>
          </ConfirmQuestion>
        ) : null}
      </Modal>
    </>
  );
}
