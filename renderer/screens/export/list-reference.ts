const listId = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Whether a text is a list's ID or a web address rather than the beginning of a name. */
export function looksLikeReference(text: string): boolean {
  const trimmed = text.trim();
  return listId.test(trimmed) || /^https?:\/\/\S+$/i.test(trimmed);
}
