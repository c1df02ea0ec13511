import { expect, test } from 'vitest';
import {
  addSegments,
  chooseRepairs,
  type EditedExport,
  followSegments,
  isChanged,
  isRepairChosen,
  matchField,
  newExport,
  sendableSegments,
  toContract,
} from './export-draft.ts';
import { segmentView } from './testing.ts';

const segments = { s1: segmentView({ segmentId: 's1' }), s2: segmentView({ segmentId: 's2' }) };
const opened = followSegments(addSegments(newExport(['c1']), ['s1', 's2']), segments);
const several = { field: 'email', kind: 'email-several' } as const;
const mailto = { field: 'email', kind: 'email-mailto' } as const;

const isChosen = (draft: EditedExport, { field, kind }: typeof several | typeof mailto): boolean =>
  isRepairChosen(sendableSegments(draft, segments), field, kind);
const emailMatches = (draft: EditedExport) =>
  toContract({ ...draft, connectionId: 'c1' }).segments.map(({ fieldMap }) => fieldMap[0]);

test('a repair is chosen in every segment that fills its field, once, and taken back', () => {
  expect(isChosen(opened, several)).toBe(false);
  const chosen = chooseRepairs(chooseRepairs(opened, [several, mailto], true), [several], true);
  const match = { field: 'email', columnIndex: 1, repairs: ['email-mailto', 'email-several'] };
  expect(emailMatches(chosen)).toEqual([match, match]);
  expect([isChosen(chosen, several), isChanged(chosen, opened)]).toEqual([true, true]);
  const less = chooseRepairs(chosen, [mailto], false);
  expect([isChosen(less, several), isChosen(less, mailto)]).toEqual([true, false]);
  expect(isChanged(chooseRepairs(less, [several], false), opened)).toBe(false);
});

test('a field without a column has nothing to repair', () => {
  const draft = chooseRepairs(opened, [{ field: 'first_name', kind: 'too-long' }], true);
  expect(isChanged(draft, opened)).toBe(false);
});

test('what was chosen for a column goes with it; the same column chosen again keeps it', () => {
  const chosen = chooseRepairs(opened, [several], true);
  expect(matchField(chosen, ['s1', 's2'], 'email', 1)).toEqual(chosen);
  const moved = matchField(chosen, ['s1'], 'email', 0);
  expect(emailMatches(moved).map((match) => match?.repairs)).toEqual([undefined, ['email-several']]);
  expect(isChosen(moved, several)).toBe(false);
});
