import type { AskedMenu } from '../page-facts.ts';

const notText: ReadonlySet<string> = new Set([
  'button',
  'checkbox',
  'color',
  'file',
  'hidden',
  'image',
  'radio',
  'range',
  'reset',
  'submit',
]);

/** What Chromium tells Electron about the place where a menu is asked for, as far as a page can know it. */
export function askedMenu(event: MouseEvent): AskedMenu {
  const [place] = event.composedPath();
  const field =
    place instanceof HTMLTextAreaElement || (place instanceof HTMLInputElement && !notText.has(place.type))
      ? place
      : null;
  const isOpen = field === null ? place instanceof HTMLElement && place.isContentEditable : !field.disabled;
  const isEditable = isOpen && !(field?.readOnly ?? false);
  const selectionText = field === null ? String(window.getSelection() ?? '') : chosenIn(field);
  const canCopy = selectionText !== '' && field?.type !== 'password';
  return {
    x: Math.round(event.clientX),
    y: Math.round(event.clientY),
    isEditable,
    selectionText,
    menuSourceType: event.button === 2 || event.ctrlKey ? 'mouse' : 'keyboard',
    editFlags: {
      canUndo: isEditable && document.queryCommandEnabled('undo'),
      canRedo: isEditable && document.queryCommandEnabled('redo'),
      canCut: canCopy && isEditable,
      canCopy,
      canPaste: isEditable,
      canDelete: isEditable && selectionText !== '',
      canSelectAll: field === null ? document.body.textContent !== '' : field.value !== '',
      canEditRichly: isEditable && field === null,
    },
  };
}

/** The chosen text of a field; fields such as those of numbers do not tell which it is, but the document does. */
function chosenIn(field: HTMLInputElement | HTMLTextAreaElement): string {
  const { selectionStart, selectionEnd, value } = field;
  return selectionStart === null ? String(window.getSelection() ?? '') : value.slice(selectionStart, selectionEnd ?? 0);
}
