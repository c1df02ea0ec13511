import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contactFields, splitFieldNames } from '../../preload/contract/contact-fields.ts';
import { exportDraft } from '../../preload/contract/views.ts';
import {
  addSegments,
  blocksSaving,
  type EditedExport,
  editExport,
  followSegments,
  isChanged,
  matchField,
  newExport,
  problemsOf,
  removeField,
  removeSegment,
  sendableSegments,
  toContract,
} from './export-draft.ts';
import { addField, unusedFields } from './matching-edits.ts';
import { segmentView } from './testing.ts';

const fieldsOf = (draft: EditedExport, index = 0) => draft.segments[index]?.fields ?? [];
const ready = (over = {}) => ({ s1: segmentView(over) });

describe('an export being edited', () => {
  it('takes the only connection there is', () => {
    expect(newExport(['c1']).connectionId).toBe('c1');
    expect(newExport(['c1', 'c2']).connectionId).toBeNull();
  });

  it('is matched and named once its segment has been read', () => {
    const draft = addSegments(newExport(['c1']), ['s1']);
    expect(followSegments(draft, ready({ state: 'reading', columns: [] })).segments[0]?.fields).toBeNull();
    const followed = followSegments(draft, ready());
    expect(followed.name).toBe('Loyal customers');
    expect(fieldsOf(followed)).toEqual([
      { field: 'email', columnIndex: 1 },
      { field: 'first_name', columnIndex: null },
      { field: 'last_name', columnIndex: null },
    ]);
    expect(followSegments(followed, ready())).toBe(followed);
  });

  it('is matched by the beginning of the file, and follows when the whole says otherwise', () => {
    const columns = (...headings: string[]) => headings.map((heading) => ({ heading, samples: [] }));
    const email = (columnIndex: number) => [{ field: 'email', columnIndex }];
    const reading = ready({ state: 'reading' });
    let draft = followSegments(addSegments(newExport(['c1']), ['s1']), reading);
    draft = addField(matchField(draft, ['s1'], 'first_name', 2), ['s1'], 'city');
    draft = matchField(draft, ['s1'], 'city', 3);
    expect(sendableSegments(draft, reading)).toEqual([]);
    const whole = ready({ columns: columns('City', 'Id', 'Mail', 'First'), suggestedFieldMap: email(2) });
    expect(fieldsOf(followSegments(draft, whole))).toEqual([
      { field: 'email', columnIndex: 2 },
      { field: 'first_name', columnIndex: 3 },
      { field: 'last_name', columnIndex: null },
      { field: 'city', columnIndex: 0 },
    ]);
    const lost = ready({ columns: columns('Id', 'Email', 'Email'), suggestedFieldMap: [] });
    expect(fieldsOf(followSegments(draft, lost)).map((row) => row.columnIndex)).toEqual([1, null, null, null]);
  });

  it('leaves a stored matching as it is when its segment is seen for the first time', () => {
    const draft = followSegments(addSegments(newExport(['c1']), ['s1']), ready());
    const opened = { ...draft, segments: draft.segments.map((segment) => ({ ...segment, basis: null })) };
    const seen = followSegments(opened, ready({ suggestedFieldMap: [{ field: 'email', columnIndex: 3 }] }));
    expect(fieldsOf(seen)[0]).toEqual({ field: 'email', columnIndex: 1 });
    expect(isChanged(seen, opened)).toBe(false);
  });

  it('keeps a typed name and a matching made by hand', () => {
    let draft = followSegments(addSegments(newExport(['c1']), ['s1']), ready());
    draft = matchField({ ...draft, name: 'Mine', nameTyped: true }, ['s1'], 'first_name', 2);
    expect(followSegments(draft, ready())).toBe(draft);
  });

  it('gives a segment with the same headings the same matching', () => {
    let draft = followSegments(addSegments(newExport(['c1']), ['s1']), ready());
    draft = addField(matchField(draft, ['s1'], 'first_name', 2), ['s1'], 'city');
    const both = { ...ready(), s2: segmentView({ segmentId: 's2' }) };
    draft = followSegments(addSegments(draft, ['s2']), both);
    expect(fieldsOf(draft, 1)).toEqual(fieldsOf(draft, 0));
  });

  it('sends no more than address and names unless asked, and then knows the column', () => {
    const suggestedFieldMap = [
      { field: 'email', columnIndex: 1 },
      { field: 'first_name', columnIndex: 2 },
      { field: 'city', columnIndex: 3 },
    ];
    const draft = followSegments(addSegments(newExport(['c1']), ['s1']), ready({ suggestedFieldMap }));
    expect(fieldsOf(draft)).toEqual([
      { field: 'email', columnIndex: 1 },
      { field: 'first_name', columnIndex: 2 },
      { field: 'last_name', columnIndex: null },
    ]);
    expect(fieldsOf(addField(draft, ['s1'], 'city', suggestedFieldMap)).at(-1)).toEqual({
      field: 'city',
      columnIndex: 3,
    });
  });

  it('has each segment once', () => {
    const draft = addSegments(addSegments(newExport([]), ['s1', 's1']), ['s1', 's2']);
    expect(draft.segments.map((segment) => segment.segmentId)).toEqual(['s1', 's2']);
    expect(removeSegment(draft, 's1').segments.map((segment) => segment.segmentId)).toEqual(['s2']);
  });

  it('offers every field once', () => {
    let draft = followSegments(addSegments(newExport(['c1']), ['s1']), ready());
    for (const field of unusedFields(fieldsOf(draft))) draft = addField(draft, ['s1'], field);
    expect(unusedFields(fieldsOf(draft))).toEqual([]);
    expect(addField(draft, ['s1'], 'city')).toEqual(draft);
    expect(fieldsOf(draft)).toHaveLength(contactFields.length + splitFieldNames.length);
    expect(unusedFields(fieldsOf(removeField(draft, ['s1'], 'city')))).toEqual(['city']);
  });

  it('names what keeps it from running', () => {
    const empty = newExport([]);
    expect(problemsOf(empty, {}).map((problem) => problem.kind)).toEqual([
      'connection-missing',
      'name-missing',
      'list-missing',
      'segment-missing',
    ]);
    const unmatched = { ...ready({ suggestedFieldMap: [] }) };
    const draft = followSegments(addSegments(newExport(['c1']), ['s1']), unmatched);
    const problems = problemsOf(draft, unmatched);
    expect(problems).toContainEqual({ kind: 'email-not-matched', segmentName: 'Loyal customers' });
    expect(problems.some(blocksSaving)).toBe(false);
    expect(sendableSegments(draft, unmatched)).toEqual([]);
  });

  it('stays unchanged by rows that match nothing', () => {
    const draft = followSegments(addSegments(newExport(['c1']), ['s1']), ready());
    expect(isChanged(addField(draft, ['s1'], 'city'), draft)).toBe(false);
    expect(isChanged(matchField(draft, ['s1'], 'first_name', 2), draft)).toBe(true);
    expect(isChanged({ ...draft, name: `${draft.name} ` }, draft)).toBe(false);
  });

  it('becomes what the contract takes, whatever was matched, and is the same when opened again', () => {
    const field = fc.constantFrom(...contactFields.map((known) => known.field));
    const step = fc.tuple(field, fc.option(fc.nat(3), { nil: null }), fc.boolean());
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        let draft = followSegments(addSegments(newExport(['c1']), ['s1']), ready());
        for (const [name, column, remove] of steps) {
          draft = remove
            ? removeField(draft, ['s1'], name)
            : matchField(addField(draft, ['s1'], name), ['s1'], name, column);
        }
        const stored = exportDraft.parse(toContract({ ...draft, connectionId: 'c1' }));
        const reopened = editExport({
          ...stored,
          exportId: 'e1',
          createdAt: 1,
          updatedAt: 1,
          updatedBy: '',
          mode: draft.mode,
          leaverLimitPercent: draft.leaverLimitPercent,
          readBack: draft.readBack,
          lostColumns: [],
          permission: null,
          refreshedAt: null,
          lastRun: null,
        });
        const matched = (edited: EditedExport) =>
          toContract({ ...edited, connectionId: 'c1' }).segments[0]?.fieldMap.toSorted((a, b) =>
            a.field < b.field ? -1 : 1,
          );
        expect(matched(reopened)).toEqual(matched(draft));
      }),
    );
  });
});
