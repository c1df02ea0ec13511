import { makeStyles, Text, tokens } from '@fluentui/react-components';
import { FormattedMessage, useIntl } from 'react-intl';
import type { ExportView } from '../../../preload/contract/views.ts';
import { DataTable } from '../../components/data-table.tsx';
import { Page } from '../../components/page.tsx';
import { Section } from '../../components/section.tsx';
import { useMirror } from '../../stores/mirror-store.ts';
import { modeLabels } from '../../text/plan-labels.ts';
import { exportScheduleWords } from '../../text/schedule-words.ts';
import { useFieldLabel } from '../../text/use-field-label.ts';
import { useFormat } from '../../text/use-format.ts';

const useStyles = makeStyles({
  stack: { display: 'flex', flexDirection: 'column', gap: '16px' },
  facts: { display: 'grid', gridTemplateColumns: 'minmax(140px, auto) 1fr', gap: '6px 16px', margin: 0 },
  what: { color: tokens.colorNeutralForeground2 },
  value: { margin: 0, overflowWrap: 'anywhere' },
});

function Facts({ view }: { readonly view: ExportView }) {
  const intl = useIntl();
  const styles = useStyles();
  const format = useFormat();
  const connection = useMirror((mirror) =>
    mirror.connections.find(({ connectionId }) => connectionId === view.connectionId),
  );
  const schedules = useMirror((mirror) => mirror.schedules);
  const schedule = schedules.exports.find(({ exportId }) => exportId === view.exportId);
  const facts = [
    [
      'exports.column.connection',
      connection?.displayName ?? <FormattedMessage key="none" id="exports.no-connection" />,
    ],
    ['exports.view.list', view.list?.name ?? <FormattedMessage key="none" id="exports.no-list" />],
    ['exports.view.mode', <FormattedMessage key="mode" id={modeLabels[view.mode]} />],
    ['exports.column.schedule', schedule === undefined ? '–' : exportScheduleWords(schedule, schedules, intl)],
    ['exports.column.refreshed', view.refreshedAt === null ? '–' : format.exactTime(view.refreshedAt)],
    [
      'exports.view.agreed',
      view.permission === null ? (
        '–'
      ) : (
        <FormattedMessage
          key="agreed"
          id="connection.agreed"
          values={{ name: view.permission.agreedBy, time: format.exactTime(view.permission.agreedAt) }}
        />
      ),
    ],
    ['exports.column.updated', format.exactTime(view.updatedAt)],
    ['exports.column.updated-by', view.updatedBy],
  ] as const;
  return (
    <dl className={styles.facts}>
      {facts.map(([label, value]) => (
        <div key={label} style={{ display: 'contents' }}>
          <dt className={styles.what}>
            <FormattedMessage id={label} />
          </dt>
          <dd className={styles.value}>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** An export as somebody sees it who may not change it: where it goes, what it sends, matched how. */
export function ViewExport({ exportId }: { readonly exportId: string }) {
  const intl = useIntl();
  const styles = useStyles();
  const fieldLabel = useFieldLabel();
  const view = useMirror((mirror) => mirror.exports.find((candidate) => candidate.exportId === exportId));
  const segments = useMirror((mirror) => mirror.segments);
  if (view === undefined) return null;
  return (
    <Page title={view.name} description={<FormattedMessage id="exports.view.description" />} narrow>
      <div className={styles.stack}>
        <Section title={<FormattedMessage id="export.section.destination" />}>
          <Facts view={view} />
        </Section>
        {view.segments.map(({ segmentId, fieldMap }) => {
          const segment = segments[segmentId];
          const name = segment?.name ?? '';
          return (
            <Section
              key={segmentId}
              title={<FormattedMessage id="exports.view.segment" values={{ name, count: segment?.rowCount ?? 0 }} />}
            >
              {fieldMap.length === 0 ? (
                <Text>–</Text>
              ) : (
                <DataTable
                  label={intl.formatMessage({ id: 'exports.view.matching' }, { name })}
                  maxHeight={320}
                  columns={[
                    { name: 'field', title: <FormattedMessage id="exports.view.field" /> },
                    { name: 'column', title: <FormattedMessage id="exports.view.column" /> },
                  ]}
                  rows={fieldMap.map(({ field, columnIndex }) => ({
                    key: field,
                    cells: [fieldLabel(field), segment?.columns[columnIndex]?.heading ?? '–'],
                  }))}
                />
              )}
            </Section>
          );
        })}
      </div>
    </Page>
  );
}
