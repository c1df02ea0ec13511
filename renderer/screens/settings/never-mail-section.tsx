import { Button, Field, makeStyles, SearchBox, Text, Textarea, tokens } from '@fluentui/react-components';
import { useEffect, useRef, useState } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import type { CallOutput } from '../../../preload/contract/contract.ts';
import type { NeverMailEntry } from '../../../preload/contract/views.ts';
import { call } from '../../bridge/client.ts';
import { DataTable } from '../../components/data-table.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Section } from '../../components/section.tsx';
import { useAction } from '../../components/use-action.ts';
import { useMirror } from '../../stores/mirror-store.ts';
import { useFormat } from '../../text/use-format.ts';

const pageSize = 50;
/** Typing that goes on faster than this is searched for once, at the end. */
const settleMs = 200;

const useStyles = makeStyles({
  stack: { display: 'flex', flexDirection: 'column', gap: '12px' },
  row: { display: 'flex', flexWrap: 'wrap', gap: '8px', alignItems: 'center' },
  quiet: { color: tokens.colorNeutralForeground2 },
  more: { alignSelf: 'flex-start' },
});

interface Fetched {
  readonly entries: readonly NeverMailEntry[];
  readonly total: number;
  readonly more: boolean;
}

type Added = NonNullable<CallOutput<'neverMail.import'>>;

/** The people and domains that are never mailed: seen, added by hand or from a file, searched, removed. */
export function NeverMailSection() {
  const intl = useIntl();
  const styles = useStyles();
  const format = useFormat();
  const mayRemove = useMirror((mirror) => mirror.person.role === 'administrator');
  const [text, setText] = useState('');
  const [search, setSearch] = useState('');
  const [added, setAdded] = useState<Added | null>(null);
  const [fetched, setFetched] = useState<Fetched>({ entries: [], total: 0, more: false });
  const newest = useRef(0);

  const read = useAction(async () => {
    newest.current += 1;
    const own = newest.current;
    const page = await call('neverMail.list', { search, before: 0, limit: pageSize });
    if (own === newest.current) setFetched({ ...page, more: page.entries.length === pageSize });
  });
  const more = useAction(async () => {
    const before = fetched.entries.at(-1)?.entryId ?? 0;
    const page = await call('neverMail.list', { search, before, limit: pageSize });
    const entries = [...fetched.entries, ...page.entries];
    setFetched({ entries, total: page.total, more: page.entries.length === pageSize });
  });
  const add = useAction(async () => {
    setAdded(await call('neverMail.add', { text }));
    setText('');
    await read.run();
  });
  const importFile = useAction(async () => {
    const answer = await call('neverMail.import', {});
    if (answer === null) return;
    setAdded(answer);
    await read.run();
  });
  const remove = useAction(async (entryId: number) => {
    await call('neverMail.remove', { entryId });
    setAdded(null);
    await read.run();
  });
  const readNow = useRef(read.run);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new search is read anew
  useEffect(() => {
    const timer = setTimeout(() => void readNow.current(), settleMs);
    return () => clearTimeout(timer);
  }, [search]);

  const nameOf = ({ kind, text: entry }: NeverMailEntry): string => {
    if (entry === null) return intl.formatMessage({ id: 'never-mail.hidden' });
    return kind === 'domain' ? intl.formatMessage({ id: 'never-mail.whole-domain' }, { domain: entry }) : entry;
  };
  const error = add.error ?? importFile.error ?? remove.error ?? more.error ?? read.error;
  return (
    <Section
      title={<FormattedMessage id="never-mail.title" />}
      description={<FormattedMessage id="never-mail.description" />}
    >
      <div className={styles.stack}>
        <Field
          label={intl.formatMessage({ id: 'never-mail.add' })}
          hint={intl.formatMessage({ id: 'never-mail.add.hint' })}
        >
          <Textarea value={text} rows={2} onChange={(_, data) => setText(data.value)} />
        </Field>
        <div className={styles.row}>
          <Button disabled={text.trim() === ''} disabledFocusable={add.pending} onClick={() => void add.run()}>
            <FormattedMessage id="never-mail.add.confirm" />
          </Button>
          <Button disabledFocusable={importFile.pending} onClick={() => void importFile.run()}>
            <FormattedMessage id="never-mail.import" />
          </Button>
          <Text role="status" className={styles.quiet} data-testid="never-mail-added">
            {added !== null && <FormattedMessage id="never-mail.added" values={{ ...added }} />}
          </Text>
        </div>
        <ErrorNotice error={error} />
        <div className={styles.row}>
          <Text data-testid="never-mail-total">
            <FormattedMessage id="never-mail.total" values={{ total: fetched.total }} />
          </Text>
          {(fetched.total > 0 || search !== '') && (
            <SearchBox
              value={search}
              placeholder={intl.formatMessage({ id: 'never-mail.search' })}
              aria-label={intl.formatMessage({ id: 'never-mail.search' })}
              onChange={(_, data) => setSearch(data.value)}
            />
          )}
        </div>
        {search !== '' && fetched.entries.length === 0 && (
          <Text className={styles.quiet}>
            <FormattedMessage id="never-mail.nothing-found" values={{ search }} />
          </Text>
        )}
        {fetched.entries.length > 0 && (
          <DataTable
            label={intl.formatMessage({ id: 'never-mail.title' })}
            maxHeight={280}
            testId="never-mail"
            columns={[
              { name: 'text', title: <FormattedMessage id="never-mail.column.text" /> },
              { name: 'added', title: <FormattedMessage id="never-mail.column.added" /> },
              ...(mayRemove ? [{ name: 'remove', title: <FormattedMessage id="never-mail.column.remove" /> }] : []),
            ]}
            rows={fetched.entries.map((entry) => ({
              key: String(entry.entryId),
              cells: [
                nameOf(entry),
                intl.formatMessage(
                  { id: 'never-mail.by' },
                  { time: format.exactTime(entry.addedAt), person: entry.addedBy },
                ),
                mayRemove && (
                  <Button
                    key="remove"
                    size="small"
                    appearance="subtle"
                    disabledFocusable={remove.pending}
                    aria-label={intl.formatMessage({ id: 'never-mail.remove-named' }, { entry: nameOf(entry) })}
                    onClick={() => void remove.run(entry.entryId)}
                  >
                    <FormattedMessage id="never-mail.remove" />
                  </Button>
                ),
              ],
            }))}
          />
        )}
        {fetched.more && (
          <Button size="small" className={styles.more} disabledFocusable={more.pending} onClick={() => void more.run()}>
            <FormattedMessage id="never-mail.more" />
          </Button>
        )}
      </div>
    </Section>
  );
}
