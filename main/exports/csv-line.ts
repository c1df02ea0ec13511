/** SQL that writes a nullable column as one cell of RFC 4180 CSV. */
export function csvCell(column: string): string {
  const special = [`'"'`, `','`, 'chr(10)', 'chr(13)'].map((text) => `contains(${column}, ${text})`).join(' OR ');
  return `CASE WHEN ${column} IS NULL THEN '' WHEN ${special} THEN '"' || replace(${column}, '"', '""') || '"' ELSE ${column} END`;
}

/** SQL of a whole line with its line end (CRLF: constant-contact-v3.md 6.3). */
export function csvLine(columns: readonly string[]): string {
  return `${columns.map(csvCell).join(" || ',' || ")} || chr(13) || chr(10)`;
}

/** The heading line of an import file: `email` and the fields (constant-contact-v3.md 6.3). */
export function csvHeader(fields: readonly string[]): string {
  return `${['email', ...fields].join(',')}\r\n`;
}
