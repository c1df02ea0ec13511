import { Button, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { ChevronDownRegular, ChevronUpRegular } from '@fluentui/react-icons';
import { useEffect, useState } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import type { ActivityView, RunView } from '../../../preload/contract/views.ts';
import { asClientError, type ClientError, call } from '../../bridge/client.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { ScrollRegion } from '../../components/scroll-region.tsx';
import { Section } from '../../components/section.tsx';
import { activityStateLabels } from '../../text/labels.ts';
import { activityKindLabels } from '../../text/run-labels.ts';
import { useFormat } from '../../text/use-format.ts';

const useStyles = makeStyles({
  table: { borderCollapse: 'collapse', width: '100%', fontSize: tokens.fontSizeBase200 },
  head: { textAlign: 'left', padding: '6px 10px', whiteSpace: 'nowrap', color: tokens.colorNeutralForeground2 },
  cell: { padding: '6px 10px', borderTop: `1px solid ${tokens.colorNeutralStroke3}`, whiteSpace: 'nowrap' },
  number: { textAlign: 'right', fontVariantNumeric: 'tabular-nums' },
  mono: { fontFamily: tokens.fontFamilyMonospace },
});

/** The requests of a run as Constant Contact's activities; read when opened, and again as batches settle. */
export function ActivitiesSection({ run }: { readonly run: RunView }) {
  const intl = useIntl();
  const styles = useStyles();
  const format = useFormat();
  const [open, setOpen] = useState(false);
  const [activities, setActivities] = useState<readonly ActivityView[]>([]);
  const [error, setError] = useState<ClientError | null>(null);
  const { runId, state } = run;
  const { batchesSettled } = run.progress;
  const { removed, putBack } = run.account;

  // biome-ignore lint/correctness/useExhaustiveDependencies: read again when a batch settles or the run ends
  useEffect(() => {
    if (!open) return;
    let stale = false;
    call('runs.getActivities', { runId }).then(
      (read) => {
        if (stale) return;
        setActivities(read);
        setError(null);
      },
      (thrown: unknown) => {
        if (!stale) setError(asClientError(thrown));
      },
    );
    return () => {
      stale = true;
    };
  }, [open, runId, state, batchesSettled, removed, putBack]);

  const several = activities.some(({ kind }) => kind !== 'import');
  const orDash = (value: number | null): string => (value === null ? '–' : format.number(value));
  return (
    <Section
      title={<FormattedMessage id="activities.title" />}
      description={<FormattedMessage id="activities.description" />}
      actions={
        <Button
          appearance="subtle"
          icon={open ? <ChevronUpRegular /> : <ChevronDownRegular />}
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          <FormattedMessage id={open ? 'activities.hide' : 'activities.show'} />
        </Button>
      }
    >
      <ErrorNotice error={error} />
      {open && (
        <ScrollRegion label={intl.formatMessage({ id: 'activities.title' })} maxHeight={360}>
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col" className={mergeClasses(styles.head, styles.number)}>
                  <FormattedMessage id="activities.batch" />
                </th>
                {several && (
                  <th scope="col" className={styles.head}>
                    <FormattedMessage id="activities.kind" />
                  </th>
                )}
                <th scope="col" className={styles.head}>
                  <FormattedMessage id="activities.state" />
                </th>
                <th scope="col" className={mergeClasses(styles.head, styles.number)}>
                  <FormattedMessage id="activities.rows" />
                </th>
                <th scope="col" className={mergeClasses(styles.head, styles.number)}>
                  <FormattedMessage id="activities.size" />
                </th>
                <th scope="col" className={mergeClasses(styles.head, styles.number)}>
                  <FormattedMessage id="activities.errors" />
                </th>
                <th scope="col" className={mergeClasses(styles.head, styles.number)}>
                  <FormattedMessage id="activities.correctable" />
                </th>
                <th scope="col" className={mergeClasses(styles.head, styles.number)}>
                  <FormattedMessage id="activities.cannot-add" />
                </th>
                <th scope="col" className={styles.head}>
                  <FormattedMessage id="activities.file" />
                </th>
              </tr>
            </thead>
            <tbody>
              {activities.map((activity) => (
                <tr key={`${activity.kind} ${activity.batchNumber}`}>
                  <td className={mergeClasses(styles.cell, styles.number)}>{format.number(activity.batchNumber)}</td>
                  {several && (
                    <td className={styles.cell}>
                      <FormattedMessage id={activityKindLabels[activity.kind]} />
                    </td>
                  )}
                  <td className={styles.cell}>
                    <FormattedMessage id={activityStateLabels[activity.state]} />
                  </td>
                  <td className={mergeClasses(styles.cell, styles.number)}>{format.number(activity.rows)}</td>
                  <td className={mergeClasses(styles.cell, styles.number)}>
                    {activity.kind === 'import' ? format.fileSize(activity.bytes) : '–'}
                  </td>
                  <td className={mergeClasses(styles.cell, styles.number)}>{orDash(activity.errorCount)}</td>
                  <td className={mergeClasses(styles.cell, styles.number)}>{orDash(activity.correctableCount)}</td>
                  <td className={mergeClasses(styles.cell, styles.number)}>{orDash(activity.cannotAddToListCount)}</td>
                  <td className={mergeClasses(styles.cell, styles.mono)}>{activity.sourceFileName}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      )}
    </Section>
  );
}
