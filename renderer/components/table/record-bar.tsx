import { Button, makeStyles, mergeClasses, SearchBox, Text, tokens } from '@fluentui/react-components';
import { DismissRegular } from '@fluentui/react-icons';
import type { ReactNode } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import type { RecordAction } from './record-table.tsx';

const useStyles = makeStyles({
  bar: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: '8px 12px',
    alignItems: 'center',
    marginBottom: '12px',
    minHeight: '32px',
  },
  // What can be done with chosen rows stays in view, however far down they were chosen.
  inView: {
    position: 'sticky',
    top: 0,
    zIndex: 3,
    margin: '-8px 0 4px',
    padding: '8px 0',
    backgroundColor: tokens.colorNeutralBackground3,
  },
  search: { width: '260px', maxWidth: '100%' },
  chosen: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: '4px',
    borderLeft: `1px solid ${tokens.colorNeutralStroke2}`,
    paddingLeft: '12px',
  },
  beside: { marginLeft: 'auto', display: 'flex', gap: '8px', flexWrap: 'wrap' },
});

interface RecordBarProps {
  /** Null: the table has no search. */
  readonly search: string | null;
  readonly onSearch: (search: string) => void;
  /** How many rows are chosen, and what can be done with them. */
  readonly count: number;
  readonly actions: readonly RecordAction[];
  readonly onChooseNone: () => void;
  readonly beside: ReactNode;
}

/** Above a table: its search, what can be done with the chosen rows, and with the whole. */
export function RecordBar({ search, onSearch, count, actions, onChooseNone, beside }: RecordBarProps) {
  const intl = useIntl();
  const styles = useStyles();
  return (
    <div className={mergeClasses(styles.bar, count > 0 && styles.inView)}>
      {search !== null && (
        <SearchBox
          className={styles.search}
          value={search}
          placeholder={intl.formatMessage({ id: 'table.search' })}
          aria-label={intl.formatMessage({ id: 'table.search' })}
          dismiss={{ 'aria-label': intl.formatMessage({ id: 'table.search.clear' }) }}
          onChange={(_, data) => onSearch(data.value)}
        />
      )}
      {count > 0 && (
        <div
          className={styles.chosen}
          role="toolbar"
          aria-label={intl.formatMessage({ id: 'table.chosen' }, { count })}
        >
          <Text weight="semibold">
            <FormattedMessage id="table.chosen" values={{ count }} />
          </Text>
          {actions.map(({ name, label, icon, disabled, act }) => (
            <Button key={name} appearance="subtle" icon={icon} disabled={disabled === true} onClick={act}>
              {label}
            </Button>
          ))}
          <Button
            appearance="subtle"
            icon={<DismissRegular />}
            title={intl.formatMessage({ id: 'table.choose-none' })}
            aria-label={intl.formatMessage({ id: 'table.choose-none' })}
            onClick={onChooseNone}
          />
        </div>
      )}
      {beside !== undefined && <div className={styles.beside}>{beside}</div>}
    </div>
  );
}
