import type { ContextMenuParams, MenuItemConstructorOptions } from 'electron';
import type { Words } from '../words.ts';

type Place = Pick<ContextMenuParams, 'isEditable' | 'selectionText' | 'editFlags'>;

/**
 * What can be done where the person asked for a menu: editing in a field, copying where text is chosen. Empty where there
 * is nothing to do, and then no menu comes. Chromium's flags keep a password from being copied.
 */
export function editMenuTemplate({ say }: Words, place: Place): MenuItemConstructorOptions[] {
  const { editFlags } = place;
  const copy = { role: 'copy', label: say('menu.copy'), enabled: editFlags.canCopy } as const;
  if (!place.isEditable) return place.selectionText.trim() === '' || !editFlags.canCopy ? [] : [copy];
  return [
    { role: 'undo', label: say('menu.undo'), enabled: editFlags.canUndo },
    { role: 'redo', label: say('menu.redo'), enabled: editFlags.canRedo },
    { type: 'separator' },
    { role: 'cut', label: say('menu.cut'), enabled: editFlags.canCut },
    copy,
    { role: 'paste', label: say('menu.paste'), enabled: editFlags.canPaste },
    { type: 'separator' },
    { role: 'selectAll', label: say('menu.selectAll'), enabled: editFlags.canSelectAll },
  ];
}
