/** The cells of one line of CSV as main/exports/csv-line.ts writes it: quotes where they are needed, doubled inside. */
export function cellsOfLine(line: string): string[] {
  const cells: string[] = [];
  const cell = /("(?:[^"]|"")*"|[^,]*)(,|$)/gy;
  const text = line.replace(/\r\n$/, '');
  for (let found = cell.exec(text); found !== null; found = cell.exec(text)) {
    const [, written = '', end] = found;
    cells.push(written.startsWith('"') ? written.slice(1, -1).replaceAll('""', '"') : written);
    if (end !== ',') break;
  }
  return cells;
}
