/** Characters that make a cell need quotes (RFC 4180), as SQL literals. */
const special = [`'"'`, `','`, 'chr(10)', 'chr(13)'];

const hasSpecial = (text: string): string => special.map((one) => `contains(${text}, ${one})`).join(' OR ');

/** SQL that writes a nullable column as one cell of RFC 4180 CSV. */
export function csvCell(column: string): string {
  return `CASE WHEN ${column} IS NULL THEN '' WHEN ${hasSpecial(column)} THEN '"' || replace(${column}, '"', '""') || '"' ELSE ${column} END`;
}

/**
 * SQL of a whole line with its line end (CRLF: constant-contact-v3.md 6.3). Most lines need no quotes: all cells are
 * looked through as one text, and only a line that has something special is put together cell by cell.
 */
export function csvLine(columns: readonly string[]): string {
  const lineEnd = 'chr(13) || chr(10)';
  // Unlike ||, concat takes NULL as ''.
  const plain = `concat(${columns.join(", ',', ")}, ${lineEnd})`;
  const careful = `${columns.map(csvCell).join(" || ',' || ")} || ${lineEnd}`;
  return `CASE WHEN ${hasSpecial(`concat(${columns.join(', ')})`)} THEN ${careful} ELSE ${plain} END`;
}

/** The heading line of an import file: `email` and the fields (constant-contact-v3.md 6.3). */
export function csvHeader(fields: readonly string[]): string {
  return `${['email', ...fields].join(',')}\r\n`;
}
