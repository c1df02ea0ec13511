import { Button, MessageBar, MessageBarActions, MessageBarBody, makeStyles, Text } from '@fluentui/react-components';
import { useState } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import { isCustomField } from '../../../preload/contract/contact-fields.ts';
import type {
  CustomFieldView,
  ExportView,
  MatchScore,
  NewFieldType,
  ProfileView,
  SegmentView,
} from '../../../preload/contract/views.ts';
import { Modal } from '../../components/modal.tsx';
import { useCustomFields } from '../../stores/custom-fields-store.ts';
import { changeDraft } from '../../stores/draft-store.ts';
import { type EditedField, matchField, removeField } from '../../stores/export-draft.ts';
import { addField, openSuggestions, usualCustomFields } from '../../stores/matching-edits.ts';
import { useProfiles } from '../../stores/profiles-store.ts';
import { useFieldLabel } from '../../text/use-field-label.ts';
import { AddAttributeMenu } from './add-attribute-menu.tsx';
import { ColumnsLeftOut } from './columns-left-out.tsx';
import { CreateFieldForm, type FieldProposal } from './create-field-form.tsx';
import { LostColumn } from './lost-column.tsx';
import { MatchingRow } from './matching-row.tsx';

const useStyles = makeStyles({
  group: { display: 'flex', flexDirection: 'column', gap: '10px' },
  name: { overflowWrap: 'anywhere' },
  rows: { display: 'flex', flexDirection: 'column', gap: '12px' },
});

interface MatchingGroupProps {
  /** Segments with the same headings. */
  readonly segments: readonly [SegmentView, ...SegmentView[]];
  readonly fields: readonly EditedField[];
  /** Stored matches whose heading is gone from one of the files. */
  readonly lost: ExportView['lostColumns'];
  readonly connectionId: string | null;
}

/** The matching of one file, or of several files with the same headings. */
export function MatchingGroup({ segments, fields, lost, connectionId }: MatchingGroupProps) {
  const intl = useIntl();
  const styles = useStyles();
  const labelOf = useFieldLabel();
  const custom = useCustomFields(connectionId);
  const profiles = useProfiles(segments);
  const [creating, setCreating] = useState<FieldProposal | null>(null);
  const [first] = segments;
  const profile = profiles[first.segmentId];
  const ids = segments.map((segment) => segment.segmentId);
  const suggestions = profile === undefined ? [] : openSuggestions(fields, profile);
  const emailMatched = fields.some((row) => row.field === 'email' && row.columnIndex !== null);
  const names = intl.formatList(segments.map((segment) => segment.name));
  const customRows = fields.filter((row) => isCustomField(row.field));
  const held = custom.value;
  const gone = held === null ? [] : customRows.filter((row) => !isHeld(held, row.field));

  const add = (matches: readonly Pick<MatchScore, 'field' | 'columnIndex'>[]): void =>
    changeDraft((draft) => matches.reduce((edited, match) => addField(edited, ids, match.field, [match]), draft));
  const addCustom = ({ field, label, valueType }: CustomFieldView, columnIndex: number | null): void => {
    // A column with the label as its heading is what the field was made for.
    const index = columnIndex ?? namesake(first, fields, label);
    const match = index === null ? [] : [{ field, columnIndex: index }];
    changeDraft((draft) => addField(draft, ids, field, match, valueType === null ? {} : { valueType }));
  };
  const propose = (columnIndex: number | null): void =>
    setCreating({
      label: columnIndex === null ? '' : (first.columns[columnIndex]?.heading ?? ''),
      type: columnIndex === null ? 'text' : typeOf(profile, columnIndex),
      columnIndex,
    });

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
      {gone.map(({ field }) => (
        <MessageBar key={field} intent="error" layout="multiline" data-testid="gone-field">
          <MessageBarBody>
            <FormattedMessage id="matching.field-gone" values={{ field: labelOf(field) }} />
          </MessageBarBody>
          <MessageBarActions>
            <Button onClick={() => changeDraft((draft) => removeField(draft, ids, field))}>
              <FormattedMessage id="matching.remove-attribute" values={{ name: labelOf(field) }} />
            </Button>
          </MessageBarActions>
        </MessageBar>
      ))}
      {customRows.length > usualCustomFields && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>
            <FormattedMessage
              id="matching.many-custom"
              values={{ count: customRows.length, usual: usualCustomFields }}
            />
          </MessageBarBody>
        </MessageBar>
      )}
      <div className={styles.rows}>
        {fields.map((row) => (
          <MatchingRow key={row.field} row={row} segments={segments} profile={profile} />
        ))}
      </div>
      <AddAttributeMenu
        fields={fields}
        custom={connectionId === null ? null : custom}
        onAdd={(field) =>
          changeDraft((draft) => addField(draft, ids, field, [...suggestions, ...freeSuggestions(first, fields)]))
        }
        onAddCustom={(field) => addCustom(field, null)}
        onCreate={() => propose(null)}
      />
      {profile !== undefined && (
        <ColumnsLeftOut
          profile={profile}
          columns={profile.columns.flatMap((_, index) =>
            fields.some((row) => row.columnIndex === index) ? [] : [index],
          )}
          suggestions={suggestions}
          canCreate={connectionId !== null}
          onAdd={add}
          onCreate={propose}
        />
      )}
      <Modal onClose={() => setCreating(null)}>
        {creating !== null && connectionId !== null ? (
          <CreateFieldForm
            connectionId={connectionId}
            proposal={creating}
            onCreated={(field) => {
              addCustom(field, creating.columnIndex);
              setCreating(null);
            }}
            onCancel={() => setCreating(null)}
          />
        ) : null}
      </Modal>
    </fieldset>
  );
}

const isHeld = (held: readonly CustomFieldView[], field: string): boolean =>
  held.some((known) => known.field.toLowerCase() === field.toLowerCase());

/** What headings alone suggest, for columns that no row has. */
const freeSuggestions = (segment: SegmentView, fields: readonly EditedField[]) =>
  segment.suggestedFieldMap.filter(({ columnIndex }) => !fields.some((row) => row.columnIndex === columnIndex));

/** A column that no row has and whose heading is the label. */
function namesake(segment: SegmentView, fields: readonly EditedField[], label: string): number | null {
  const plain = (text: string) => text.trim().toLocaleLowerCase();
  const index = segment.columns.findIndex(({ heading }) => plain(heading) === plain(label));
  return index === -1 || fields.some((row) => row.columnIndex === index) ? null : index;
}

/** The kind of field that a column's cells would fill. */
function typeOf(profile: ProfileView | undefined, columnIndex: number): NewFieldType {
  const kind = profile?.columns[columnIndex]?.kind;
  if (kind === 'date' || kind === 'birthday') return 'date';
  return kind === 'number' ? 'number' : 'text';
}
