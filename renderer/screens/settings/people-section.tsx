import { Button, Link, makeStyles, Text, tokens } from '@fluentui/react-components';
import {
  DeleteRegular,
  EditRegular,
  HistoryRegular,
  KeyRegular,
  LockClosedRegular,
  PersonAddRegular,
} from '@fluentui/react-icons';
import { useEffect, useState } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import type { ListedPersonView } from '../../../preload/contract/views.ts';
import { call } from '../../bridge/client.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Modal } from '../../components/modal.tsx';
import { Section } from '../../components/section.tsx';
import { type RecordAction, type RecordColumn, RecordTable } from '../../components/table/record-table.tsx';
import { TimeAgo } from '../../components/time-ago.tsx';
import { useAction } from '../../components/use-action.ts';
import { navigate, switchPerson } from '../../stores/draft-store.ts';
import { useMirror } from '../../stores/mirror-store.ts';
import { useMay } from '../../stores/rights.ts';
import { roleLabels } from '../../text/people-labels.ts';
import { AddPerson } from '../people/add-person.tsx';
import { ChangePerson, RemovePerson, SetPassword } from '../people/change-person.tsx';
import { changeOwnPassword } from '../people/own-password.tsx';

const useStyles = makeStyles({
  stack: { display: 'flex', flexDirection: 'column', gap: '12px' },
  row: { display: 'flex', flexWrap: 'wrap', gap: '8px' },
  name: { display: 'flex', flexDirection: 'column', alignItems: 'flex-start' },
  quiet: { color: tokens.colorNeutralForeground3 },
});

type Asked =
  | { readonly what: 'add' }
  | { readonly what: 'change' | 'password' | 'remove'; readonly person: ListedPersonView };

/** The people of this profile for administrators; everybody's own password. */
export function PeopleSection() {
  const intl = useIntl();
  const styles = useStyles();
  const me = useMirror((mirror) => mirror.person);
  const mayManage = useMay('people.add');
  const mayLook = useMay('audit.list');
  return (
    <Section
      anchor="people"
      title={<FormattedMessage id="people.title" />}
      description={<FormattedMessage id={mayManage ? 'people.description' : 'people.description.others'} />}
    >
      <div className={styles.stack}>
        {mayManage && <PeopleTable />}
        <div className={styles.row}>
          <Button icon={<KeyRegular />} onClick={changeOwnPassword}>
            <FormattedMessage id={me.hasPassword ? 'password.change' : 'password.first'} />
          </Button>
          {me.hasPassword && (
            <Button icon={<LockClosedRegular />} onClick={switchPerson}>
              <FormattedMessage id="people.switch" />
            </Button>
          )}
          {mayLook && (
            <Button icon={<HistoryRegular />} onClick={() => navigate({ name: 'changes' })}>
              <FormattedMessage id="changes.title" />
            </Button>
          )}
        </div>
        {mayManage && me.hasPassword && (
          <Text size={200} className={styles.quiet}>
            {intl.formatMessage({ id: 'people.what-passwords-do' })}
          </Text>
        )}
      </div>
    </Section>
  );
}

function PeopleTable() {
  const intl = useIntl();
  const styles = useStyles();
  const me = useMirror((mirror) => mirror.person);
  const [people, setPeople] = useState<readonly ListedPersonView[]>([]);
  const [asked, setAsked] = useState<Asked | null>(null);
  const read = useAction(async () => setPeople(await call('people.list', {})));
  const { run } = read;
  // Read again when the person's own name, role or password changes.
  // biome-ignore lint/correctness/useExhaustiveDependencies: me is what it is read again for
  useEffect(() => void run(), [run, me]);
  const done = (changed: boolean): void => {
    setAsked(null);
    if (changed) void run();
  };
  const columns: readonly RecordColumn<ListedPersonView>[] = [
    {
      name: 'name',
      title: 'people.column.name',
      sortBy: ({ displayName }) => displayName,
      cell: (person) => (
        <span className={styles.name}>
          <Link as="button" onClick={() => setAsked({ what: 'change', person })}>
            {person.displayName}
          </Link>
          {person.personId === me.personId && (
            <Text size={200} className={styles.quiet}>
              <FormattedMessage id="people.you" />
            </Text>
          )}
        </span>
      ),
    },
    {
      name: 'role',
      title: 'people.column.role',
      sortBy: ({ role }) => intl.formatMessage({ id: roleLabels[role] }),
      cell: ({ role }) => <FormattedMessage id={roleLabels[role]} />,
    },
    {
      name: 'seen',
      title: 'people.column.seen',
      sortBy: ({ lastSeenAt }) => lastSeenAt,
      cell: ({ lastSeenAt }) => (lastSeenAt === null ? '–' : <TimeAgo at={lastSeenAt} />),
    },
  ];
  const actionsOf = (person: ListedPersonView): RecordAction[] => [
    {
      name: 'change',
      label: intl.formatMessage({ id: 'action.edit' }),
      icon: <EditRegular />,
      shortcut: 'Enter',
      act: () => setAsked({ what: 'change', person }),
    },
    ...(person.hasPassword && person.personId !== me.personId
      ? [
          {
            name: 'password',
            label: intl.formatMessage({ id: 'people.set-password' }),
            icon: <KeyRegular />,
            act: () => setAsked({ what: 'password', person }),
          },
        ]
      : []),
    {
      name: 'remove',
      label: intl.formatMessage({ id: 'action.remove' }),
      icon: <DeleteRegular />,
      shortcut: 'Delete',
      apart: true,
      disabled: people.length === 1,
      act: () => setAsked({ what: 'remove', person }),
    },
  ];
  return (
    <>
      <ErrorNotice error={read.error} actions={{ retry: () => void run() }} />
      <RecordTable
        id="people"
        label={intl.formatMessage({ id: 'people.title' })}
        rows={people}
        keyOf={({ personId }) => personId}
        nameOf={({ displayName }) => displayName}
        columns={columns}
        firstSort={{ column: 'name', descending: false }}
        minWidth={420}
        actionsOf={([person]) => (person === undefined ? [] : actionsOf(person))}
        beside={
          <Button appearance="primary" icon={<PersonAddRegular />} onClick={() => setAsked({ what: 'add' })}>
            <FormattedMessage id="people.add" />
          </Button>
        }
        testId="person-row"
      />
      <Modal onClose={() => setAsked(null)}>
        {asked === null ? null : asked.what === 'add' ? (
          <AddPerson onDone={done} />
        ) : asked.what === 'change' ? (
          <ChangePerson person={asked.person} onDone={done} />
        ) : asked.what === 'password' ? (
          <SetPassword person={asked.person} onDone={done} />
        ) : (
          <RemovePerson person={asked.person} onDone={done} />
        )}
      </Modal>
    </>
  );
}
