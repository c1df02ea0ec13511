import { makeStyles, Radio, RadioGroup, Text, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import type { ConnectionView, ExportView } from '../../../preload/contract/views.ts';
import { call } from '../../bridge/client.ts';
import { ConfirmQuestion } from '../../components/confirm-question.tsx';
import { useAction } from '../../components/use-action.ts';
import { notify } from '../../stores/ui-store.ts';

type Fate = 'detach' | 'remove';

const useStyles = makeStyles({
  list: { listStyleType: 'none', margin: '8px 0 0', padding: 0, maxHeight: '280px', overflow: 'auto' },
  item: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    justifyContent: 'space-between',
    gap: '0 12px',
    padding: '4px 0',
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  name: { overflowWrap: 'anywhere', minWidth: 0, flex: '1 1 160px' },
  hint: { color: tokens.colorNeutralForeground2 },
});

interface FateChoiceProps {
  readonly name: string;
  readonly label: string;
  /** Null where it is not the same for all. */
  readonly fate: Fate | null;
  readonly strong?: boolean;
  readonly onFate: (fate: Fate) => void;
}

function FateChoice({ name, label, fate, strong = false, onFate }: FateChoiceProps) {
  const styles = useStyles();
  return (
    <li className={styles.item}>
      <Text className={styles.name} weight={strong ? 'semibold' : 'regular'}>
        {name}
      </Text>
      <RadioGroup
        layout="horizontal"
        aria-label={label}
        value={fate ?? ''}
        onChange={(_, data) => onFate(data.value as Fate)}
      >
        <Radio value="detach" label={<FormattedMessage id="connections.remove.detach" />} />
        <Radio value="remove" label={<FormattedMessage id="action.remove" />} />
      </RadioGroup>
    </li>
  );
}

interface RemoveConnectionProps {
  readonly connection: ConnectionView;
  /** The exports on it, by name. */
  readonly users: readonly ExportView[];
  readonly onDone: () => void;
}

/** Asks of each export on the connection whether it is detached or removed with it. */
export function RemoveConnection({ connection, users, onDone }: RemoveConnectionProps) {
  const intl = useIntl();
  const styles = useStyles();
  const [fates, setFates] = useState<Readonly<Record<string, Fate>>>({});
  const fatesChosen = new Set(users.map(({ exportId }) => fates[exportId] ?? 'detach'));
  const [fateOfAll] = fatesChosen.size === 1 ? fatesChosen : [];
  const chooseForAll = (fate: Fate): void =>
    setFates(Object.fromEntries(users.map(({ exportId }) => [exportId, fate])));
  const fateOf = (exportId: string): Fate => fates[exportId] ?? 'detach';
  const remove = useAction(async () => {
    const { connectionId, displayName } = connection;
    const exports = users.map(({ exportId }) => ({ exportId, fate: fateOf(exportId) }));
    await call('connections.remove', { connectionId, exports });
    onDone();
    notify('connections.removed', { name: displayName });
  });
  return (
    <ConfirmQuestion
      title={intl.formatMessage({ id: 'connections.remove.title' }, { name: connection.displayName })}
      confirmLabel={intl.formatMessage({ id: 'action.remove' })}
      pending={remove.pending}
      error={remove.error}
      onConfirm={() => void remove.run()}
      onCancel={onDone}
    >
      <FormattedMessage id="connections.remove.text" />
      {users.length > 0 && (
        <>
          <p>
            <FormattedMessage id="connections.remove.exports" values={{ count: users.length }} />
          </p>
          <Text size={200} className={styles.hint}>
            <FormattedMessage id="connections.remove.detach-hint" />
          </Text>
          <ul className={styles.list}>
            {users.length > 1 && (
              <FateChoice
                name={intl.formatMessage({ id: 'connections.remove.all' }, { count: users.length })}
                label={intl.formatMessage({ id: 'connections.remove.fate-all' })}
                fate={fateOfAll ?? null}
                strong
                onFate={chooseForAll}
              />
            )}
            {users.map(({ exportId, name }) => (
              <FateChoice
                key={exportId}
                name={name}
                label={intl.formatMessage({ id: 'connections.remove.fate' }, { name })}
                fate={fateOf(exportId)}
                onFate={(fate) => setFates({ ...fates, [exportId]: fate })}
              />
            ))}
          </ul>
        </>
      )}
    </ConfirmQuestion>
  );
}
