import {
  Button,
  Menu,
  MenuItem,
  MenuList,
  MenuPopover,
  MenuTrigger,
  MessageBar,
  MessageBarBody,
  makeStyles,
  Text,
  tokens,
} from '@fluentui/react-components';
import { AddRegular, DeleteRegular } from '@fluentui/react-icons';
import { FormattedMessage, useIntl } from 'react-intl';
import type { ExportView, SegmentView } from '../../../preload/contract/views.ts';
import { useMainLandmark } from '../../components/main-landmark.ts';
import { changeDraft } from '../../stores/draft-store.ts';
import { addField, type EditedField, matchField, removeField, unusedFields } from '../../stores/export-draft.ts';
import { useFieldLabel } from '../../text/use-field-label.ts';
import { ColumnDropdown } from './column-dropdown.tsx';
import { LostColumn } from './lost-column.tsx';

const useStyles = makeStyles({
  group: { display: 'flex', flexDirection: 'column', gap: '10px' },
  name: { overflowWrap: 'anywhere' },
  rows: { display: 'flex', flexDirection: 'column', gap: '10px' },
  row: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr) 36px', gap: '8px', alignItems: 'end' },
  list: { color: tokens.colorNeutralForeground2 },
  add: { alignSelf: 'flex-start' },
  menu: { maxHeight: '320px', overflowY: 'auto' },
});

interface MatchingGroupProps {
  /** Segments with the same headings. At least one. */
  readonly segments: readonly SegmentView[];
  readonly fields: readonly EditedField[];
  /** Stored matches whose heading is gone from one of the files. */
  readonly lost: ExportView['lostColumns'];
}

/** The matching of one file, or of several files with the same headings. */
export function MatchingGroup({ segments, fields, lost }: MatchingGroupProps) {
  const intl = useIntl();
  const styles = useStyles();
  const labelOf = useFieldLabel();
  const mountNode = useMainLandmark();
  const [first] = segments;
  if (first === undefined) return null;
  const ids = segments.map((segment) => segment.segmentId);
  const unused = unusedFields(fields);
  const emailMatched = fields.some((row) => row.field === 'email' && row.columnIndex !== null);
  const names = intl.formatList(segments.map((segment) => segment.name));
  return (
    <fieldset
      className={styles.group}
      style={{ border: 'none', margin: 0, padding: 0, minWidth: 0 }}
      aria-label={names}
    >
      <Text weight="semibold" className={styles.name}>
        {names}
      </Text>
      {!emailMatched && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>
            <FormattedMessage
              id={first.emailCandidates.length > 1 ? 'matching.email-ask' : 'matching.email-missing'}
              values={{ names }}
            />
          </MessageBarBody>
        </MessageBar>
      )}
      {lost
        .filter(({ field }) => fields.some((row) => row.field === field && row.columnIndex === null))
        .map(({ segmentId, field, heading, columnIndex }) => (
          <LostColumn
            key={`${segmentId} ${field}`}
            field={labelOf(field)}
            heading={heading}
            proposed={columnIndex === null ? null : (first.columns[columnIndex]?.heading ?? null)}
            onConfirm={() => changeDraft((draft) => matchField(draft, ids, field, columnIndex))}
          />
        ))}
      <div className={styles.rows}>
        {fields.map((row) => (
          <div key={row.field} className={styles.row}>
            <ColumnDropdown
              label={labelOf(row.field)}
              required={row.field === 'email'}
              segment={first}
              columnIndex={row.columnIndex}
              first={row.field === 'email' ? first.emailCandidates : []}
              onChange={(columnIndex) => changeDraft((draft) => matchField(draft, ids, row.field, columnIndex))}
            />
            {row.field !== 'email' && (
              <Button
                appearance="subtle"
                icon={<DeleteRegular />}
                title={intl.formatMessage({ id: 'matching.remove-attribute' }, { name: labelOf(row.field) })}
                aria-label={intl.formatMessage({ id: 'matching.remove-attribute' }, { name: labelOf(row.field) })}
                onClick={() => changeDraft((draft) => removeField(draft, ids, row.field))}
              />
            )}
          </div>
        ))}
      </div>
      <Menu mountNode={mountNode}>
        <MenuTrigger disableButtonEnhancement>
          <Button className={styles.add} icon={<AddRegular />} disabled={unused.length === 0}>
            <FormattedMessage id="matching.add-attribute" />
          </Button>
        </MenuTrigger>
        <MenuPopover className={styles.menu}>
          <MenuList>
            {unused.map((field) => (
              <MenuItem
                key={field}
                onClick={() => changeDraft((draft) => addField(draft, ids, field, first.suggestedFieldMap))}
              >
                {labelOf(field)}
              </MenuItem>
            ))}
          </MenuList>
        </MenuPopover>
      </Menu>
    </fieldset>
  );
}
