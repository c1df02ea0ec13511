import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import { AddRegular, ChevronDownRegular, ChevronRightRegular } from '@fluentui/react-icons';
import { useId, useState } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import type { MatchScore, ProfileView } from '../../../preload/contract/views.ts';
import { ScrollRegion } from '../../components/scroll-region.tsx';
import { useFieldLabel } from '../../text/use-field-label.ts';
import { CertaintyBadge, factsText } from './match-evidence.tsx';

const useStyles = makeStyles({
  stack: { display: 'flex', flexDirection: 'column', gap: '8px' },
  head: { display: 'flex', flexWrap: 'wrap', gap: '4px 12px', alignItems: 'center', justifyContent: 'space-between' },
  list: { listStyle: 'none', margin: 0, padding: 0 },
  row: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: '4px 12px',
    alignItems: 'center',
    justifyContent: 'space-between',
    padding: '8px 12px',
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
  },
  words: { display: 'flex', flexDirection: 'column', minWidth: 0, flex: '1 1 220px' },
  heading: { overflowWrap: 'anywhere' },
  quiet: { color: tokens.colorNeutralForeground2, overflowWrap: 'anywhere' },
  actions: { display: 'flex', flexWrap: 'wrap', gap: '4px 8px', alignItems: 'center' },
});

interface ColumnsLeftOutProps {
  readonly profile: ProfileView;
  /** Positions of the columns that fill no field. */
  readonly columns: readonly number[];
  readonly suggestions: readonly MatchScore[];
  /** A connection is chosen, so that fields can be made in its account. */
  readonly canCreate: boolean;
  readonly onAdd: (matches: readonly MatchScore[]) => void;
  readonly onCreate: (columnIndex: number) => void;
}

/** The columns that stay here, so that nothing is left behind unseen; with what each seems to be good for. */
export function ColumnsLeftOut({ profile, columns, suggestions, canCreate, onAdd, onCreate }: ColumnsLeftOutProps) {
  const intl = useIntl();
  const styles = useStyles();
  const labelOf = useFieldLabel();
  const [open, setOpen] = useState(false);
  const listId = useId();
  if (columns.length === 0) return null;
  const sure = suggestions.filter(({ certainty }) => certainty !== 'unsure');
  const title = intl.formatMessage({ id: 'matching.left-out' }, { count: columns.length });
  const nameOf = (index: number): string => {
    const heading = profile.columns[index]?.heading ?? '';
    return heading.trim() === '' ? intl.formatMessage({ id: 'matching.column' }, { number: index + 1 }) : heading;
  };
  return (
    <div className={styles.stack} data-testid="columns-left-out">
      <div className={styles.head}>
        <Button
          appearance="transparent"
          icon={open ? <ChevronDownRegular /> : <ChevronRightRegular />}
          aria-expanded={open}
          aria-controls={listId}
          onClick={() => setOpen(!open)}
        >
          {title}
        </Button>
        {sure.length > 0 && (
          <Button size="small" onClick={() => onAdd(sure)}>
            <FormattedMessage id="matching.add-recognised" values={{ count: sure.length }} />
          </Button>
        )}
      </div>
      <div id={listId} hidden={!open}>
        {open && (
          <ScrollRegion label={title} maxHeight={320}>
            <ul className={styles.list}>
              {columns.map((index) => {
                const column = profile.columns[index];
                const match = suggestions.find(({ columnIndex }) => columnIndex === index);
                if (column === undefined) return null;
                const name = nameOf(index);
                return (
                  <li key={index} className={styles.row}>
                    <span className={styles.words}>
                      <Text weight="semibold" className={styles.heading}>
                        {name}
                      </Text>
                      <Text size={200} className={styles.quiet}>
                        {factsText(intl, column, profile.rows)}
                      </Text>
                      <Text size={200} className={styles.quiet}>
                        {column.samples.slice(0, 3).join(' · ')}
                      </Text>
                    </span>
                    <span className={styles.actions}>
                      {match !== undefined && (
                        <>
                          <CertaintyBadge match={match} />
                          <Button
                            size="small"
                            aria-label={intl.formatMessage(
                              { id: 'matching.add-as-named' },
                              { column: name, field: labelOf(match.field) },
                            )}
                            onClick={() => onAdd([match])}
                          >
                            <FormattedMessage id="matching.add-as" values={{ field: labelOf(match.field) }} />
                          </Button>
                        </>
                      )}
                      {match === undefined && canCreate && column.kind !== 'empty' && (
                        <Button
                          size="small"
                          appearance="subtle"
                          icon={<AddRegular />}
                          aria-label={intl.formatMessage({ id: 'field.create-named' }, { column: name })}
                          onClick={() => onCreate(index)}
                        >
                          <FormattedMessage id="field.create" />
                        </Button>
                      )}
                    </span>
                  </li>
                );
              })}
            </ul>
          </ScrollRegion>
        )}
      </div>
    </div>
  );
}
