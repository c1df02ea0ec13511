import { expect, it } from 'vitest';
import { createWords } from '../words.ts';
import { editMenuTemplate } from './edit-menu.ts';

const flags = {
  canUndo: false,
  canRedo: false,
  canCut: true,
  canCopy: true,
  canPaste: true,
  canDelete: true,
  canSelectAll: true,
  canEditRichly: false,
};
const template = (place: { isEditable?: boolean; selectionText?: string; flags?: Partial<typeof flags> }) =>
  editMenuTemplate(createWords('fr'), {
    isEditable: place.isEditable ?? true,
    selectionText: place.selectionText ?? '',
    editFlags: { ...flags, ...place.flags },
  });

it('edits a field in the person’s language, as far as there is something to edit', () => {
  expect(template({ flags: { canCut: false } }).map(({ role, label, enabled }) => [role, label, enabled])).toEqual([
    ['undo', 'Annuler', false],
    ['redo', 'Rétablir', false],
    [undefined, undefined, undefined],
    ['cut', 'Couper', false],
    ['copy', 'Copier', true],
    ['paste', 'Coller', true],
    [undefined, undefined, undefined],
    ['selectAll', 'Tout sélectionner', true],
  ]);
});

it('copies chosen text elsewhere, and shows no menu where there is nothing to do', () => {
  expect(template({ isEditable: false, selectionText: 'ada@example.com' }).map(({ role }) => role)).toEqual(['copy']);
  expect(template({ isEditable: false, selectionText: ' \n' })).toEqual([]);
  expect(template({ isEditable: false, selectionText: 'x', flags: { canCopy: false } })).toEqual([]);
});
