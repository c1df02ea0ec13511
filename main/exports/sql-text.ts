/** A text as an SQL literal. */
export function sqlText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/**
 * SQL in which `name` stands for a value that is worked out once, however often `body` says it. DuckDB's optimiser
 * writes out columns of inner selects wherever they are used; this it cannot take apart.
 */
export function sqlLet(name: string, value: string, body: string): string {
  return `list_transform([${value}], lambda ${name}: ${body})[1]`;
}
