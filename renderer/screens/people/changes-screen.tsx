import { Button, Dropdown, makeStyles, Option, SearchBox, Spinner, Text, tokens } from '@fluentui/react-components';
import { ArrowLeftRegular, SaveRegular } from '@fluentui/react-icons';
import { useEffect, useRef, useState } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import type { CallOutput } from '../../../preload/contract/contract.ts';
import type { AuditEntry, AuditKind, AuditQuery } from '../../../preload/contract/views.ts';
import { call } from '../../bridge/client.ts';
import { DataTable } from '../../components/data-table.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Page } from '../../components/page.tsx';
import { useAction } from '../../components/use-action.ts';
import { navigate } from '../../stores/draft-store.ts';
import { notify } from '../../stores/ui-store.ts';
import { auditKindLabels, changeWords } from '../../text/people-labels.ts';
import { useFormat } from '../../text/use-format.ts';

const pageSize = 100;
/** Typing that goes on faster than this is searched for once, at the end. */
const settleMs = 200;
const auditKinds = Object.keys(auditKindLabels) as AuditKind[];
const dayMs = 86_400_000;
const periods = [1, 7, 30] as const;

const useStyles = makeStyles({
  stack: { display: 'flex', flexDirection: 'column', gap: '12px' },
  row: { display: 'flex', flexWrap: 'wrap', gap: '8px', alignItems: 'center' },
  search: { flex: '1 1 200px', maxWidth: '320px' },
  choice: { minWidth: '150px', flex: '0 1 180px' },
  quiet: { color: tokens.colorNeutralForeground2 },
  more: { alignSelf: 'flex-start' },
  changes: { display: 'flex', flexDirection: 'column' },
});

type Answer = CallOutput<'audit.list'>;

/** The history of changes: who did what, when, which way it came, and what was another before. */
export function ChangesScreen() {
  const intl = useIntl();
  const styles = useStyles();
  const [search, setSearch] = useState('');
  const [personId, setPersonId] = useState<string | null>(null);
  const [kind, setKind] = useState<AuditKind | null>(null);
  const [days, setDays] = useState<number | null>(null);
  const [answer, setAnswer] = useState<Answer | null>(null);
  const newest = useRef(0);
  const queryOf = (): AuditQuery => ({
    search,
    personId,
    kind,
    from: days === null ? null : Date.now() - days * dayMs,
  });

  const read = async (before: number): Promise<void> => {
    newest.current += 1;
    const own = newest.current;
    const page = await call('audit.list', { ...queryOf(), before, limit: pageSize });
    if (own !== newest.current) return;
    setAnswer((known) =>
      before === 0 || known === null ? page : { ...page, entries: [...known.entries, ...page.entries] },
    );
  };
  const first = useAction(() => read(0));
  const more = useAction(() => read(answer?.entries.at(-1)?.auditId ?? 0));
  const save = useAction(async () => {
    const saved = await call('audit.save', queryOf());
    if (saved !== null) notify('changes.saved', { count: saved.entries });
  });
  const latest = useRef(read);
  latest.current = read;
  const { run } = first;
  // biome-ignore lint/correctness/useExhaustiveDependencies: these are what it is read again for
  useEffect(() => {
    // Not through the action, which would leave out what is asked while an older answer is on its way.
    const timer = setTimeout(() => latest.current(0).catch(() => void run()), answer === null ? 0 : settleMs);
    return () => clearTimeout(timer);
  }, [search, personId, kind, days, run]);

  const choice = (
    label: string,
    value: string,
    options: readonly (readonly [value: string, text: string])[],
    onChoose: (value: string) => void,
  ) => (
    <Dropdown
      className={styles.choice}
      aria-label={label}
      value={options.find(([one]) => one === value)?.[1] ?? ''}
      selectedOptions={[value]}
      onOptionSelect={(_, data) => onChoose(data.optionValue ?? '')}
    >
      {options.map(([one, text]) => (
        <Option key={one} value={one} text={text}>
          {text}
        </Option>
      ))}
    </Dropdown>
  );
  const everybody = intl.formatMessage({ id: 'changes.by-anybody' });
  const everything = intl.formatMessage({ id: 'changes.about-anything' });
  const always = intl.formatMessage({ id: 'changes.at-any-time' });
  return (
    <Page
      title={intl.formatMessage({ id: 'changes.title' })}
      description={<FormattedMessage id="changes.description" />}
      actions={
        <>
          <Button icon={<ArrowLeftRegular />} onClick={() => navigate({ name: 'settings' })}>
            <FormattedMessage id="nav.settings" />
          </Button>
          <Button icon={<SaveRegular />} disabledFocusable={save.pending} onClick={() => void save.run()}>
            <FormattedMessage id="changes.save" />
          </Button>
        </>
      }
    >
      <div className={styles.stack}>
        <div className={styles.row}>
          <SearchBox
            className={styles.search}
            value={search}
            placeholder={intl.formatMessage({ id: 'table.search' })}
            aria-label={intl.formatMessage({ id: 'table.search' })}
            dismiss={{ 'aria-label': intl.formatMessage({ id: 'table.search.clear' }) }}
            onChange={(_, data) => setSearch(data.value)}
          />
          {choice(
            intl.formatMessage({ id: 'audit.column.who' }),
            personId ?? '',
            [['', everybody], ...(answer?.people ?? []).map((one) => [one.personId, one.displayName] as const)],
            (value) => setPersonId(value || null),
          )}
          {choice(
            intl.formatMessage({ id: 'audit.column.kind' }),
            kind ?? '',
            [
              ['', everything],
              ...auditKinds.map((one) => [one, intl.formatMessage({ id: auditKindLabels[one] })] as const),
            ],
            (value) => setKind(auditKinds.find((one) => one === value) ?? null),
          )}
          {choice(
            intl.formatMessage({ id: 'audit.column.when' }),
            String(days ?? ''),
            [
              ['', always],
              ...periods.map(
                (one) => [String(one), intl.formatMessage({ id: 'changes.days' }, { count: one })] as const,
              ),
            ],
            (value) => setDays(value === '' ? null : Number(value)),
          )}
        </div>
        <ErrorNotice error={first.error ?? more.error ?? save.error} actions={{ retry: () => void first.run() }} />
        {answer === null ? (
          first.error === null && <Spinner />
        ) : (
          <>
            <Text role="status" className={styles.quiet} data-testid="changes-total">
              <FormattedMessage id="changes.total" values={{ count: answer.total }} />
            </Text>
            {answer.entries.length > 0 && <Entries entries={answer.entries} />}
            {answer.entries.length < answer.total && (
              <Button className={styles.more} disabledFocusable={more.pending} onClick={() => void more.run()}>
                <FormattedMessage id="changes.more" />
              </Button>
            )}
          </>
        )}
      </div>
    </Page>
  );
}

function Entries({ entries }: { readonly entries: readonly AuditEntry[] }) {
  const intl = useIntl();
  const styles = useStyles();
  const format = useFormat();
  return (
    <DataTable
      label={intl.formatMessage({ id: 'changes.title' })}
      maxHeight={100_000}
      testId="changes"
      columns={[
        { name: 'when', title: <FormattedMessage id="audit.column.when" /> },
        { name: 'who', title: <FormattedMessage id="audit.column.who" /> },
        { name: 'what', title: <FormattedMessage id="audit.column.what" /> },
        { name: 'object', title: <FormattedMessage id="audit.column.object" /> },
        { name: 'changes', title: <FormattedMessage id="audit.column.changes" /> },
      ]}
      rows={entries.map((entry) => ({
        key: String(entry.auditId),
        cells: [
          format.exactTime(entry.at),
          <Who key="who" entry={entry} />,
          <FormattedMessage key="what" id={`audit.action.${entry.action}`} />,
          entry.objectName === '' ? <FormattedMessage key="kind" id={auditKindLabels[entry.kind]} /> : entry.objectName,
          <span key="changes" className={styles.changes}>
            {entry.changes.map((change) => (
              <span key={change.fact}>{changeWords(intl, change)}</span>
            ))}
          </span>,
        ],
      }))}
    />
  );
}

/** Whoever did it, and which way it came where that is not the window. */
function Who({ entry }: { readonly entry: AuditEntry }) {
  const styles = useStyles();
  return (
    <>
      {entry.personName}
      {entry.via !== 'window' && (
        <Text block size={200} className={styles.quiet}>
          <FormattedMessage id={`audit.via.${entry.via}`} />
        </Text>
      )}
    </>
  );
}
