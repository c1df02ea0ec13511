import { writeFile } from 'node:fs/promises';
import { zipSync } from 'fflate';

/** A cell of a workbook made for a test: text, a number with a format's code, or raw XML for the odd cases. */
export type TestCell =
  | string
  | number
  | boolean
  | null
  | { readonly value: number; readonly format: string | number }
  | { readonly xml: string };

export interface TestSheet {
  readonly name: string;
  readonly state?: 'visible' | 'hidden' | 'veryHidden';
  readonly rows: readonly (readonly TestCell[])[];
  /** Numbers of hidden rows, the line of headings being 1. */
  readonly hiddenRows?: readonly number[];
}

/** Writes a workbook as Excel does: shared strings, styles, relations. */
export async function makeWorkbook(
  file: string,
  sheets: readonly TestSheet[],
  options: { readonly date1904?: boolean; readonly inlineStrings?: boolean } = {},
): Promise<void> {
  const strings = new Map<string, number>();
  const formats: (string | number)[] = [];
  const parts: Record<string, Uint8Array> = {};
  const put = (name: string, xml: string): void => {
    parts[name] = Buffer.from(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n${xml}`);
  };
  const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
  for (const [i, sheet] of sheets.entries()) {
    const rows = sheet.rows.map((cells, r) => {
      const xml = cells.map((cell, c) =>
        cellXml(cell, `${columnName(c)}${r + 1}`, strings, formats, options.inlineStrings),
      );
      const hidden = sheet.hiddenRows?.includes(r + 1) ? ' hidden="1"' : '';
      return `<row r="${r + 1}" spans="1:${cells.length}"${hidden}>${xml.join('')}</row>`;
    });
    put(
      `xl/worksheets/sheet${i + 1}.xml`,
      `<worksheet ${main}><cols><col min="1" max="2"/></cols><sheetData>${rows.join('')}</sheetData></worksheet>`,
    );
  }
  const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const list = sheets.map(({ name, state = 'visible' }, i) => {
    const hidden = state === 'visible' ? '' : ` state="${state}"`;
    return `<sheet name="${escaped(name)}" sheetId="${i + 1}"${hidden} r:id="rId${i + 1}"/>`;
  });
  put('[Content_Types].xml', '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>');
  put(
    'xl/workbook.xml',
    `<workbook ${main} xmlns:r="${relations}"><workbookPr${options.date1904 ? ' date1904="1"' : ''}/><sheets>${list.join('')}</sheets></workbook>`,
  );
  const targets = sheets.map(
    (_, i) => `<Relationship Id="rId${i + 1}" Type="${relations}/worksheet" Target="worksheets/sheet${i + 1}.xml"/>`,
  );
  put(
    'xl/_rels/workbook.xml.rels',
    `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${targets.join('')}<Relationship Id="rIdS" Type="${relations}/sharedStrings" Target="sharedStrings.xml"/></Relationships>`,
  );
  const codes = formats.map((format, i) =>
    typeof format === 'string' ? `<numFmt numFmtId="${164 + i}" formatCode="${escaped(format)}"/>` : '',
  );
  const styles = formats.map(
    (format, i) => `<xf numFmtId="${typeof format === 'string' ? 164 + i : format}" applyNumberFormat="1"/>`,
  );
  put(
    'xl/styles.xml',
    `<styleSheet ${main}><numFmts>${codes.join('')}</numFmts><cellStyleXfs><xf numFmtId="9"/></cellStyleXfs><cellXfs><xf numFmtId="0"/>${styles.join('')}</cellXfs></styleSheet>`,
  );
  put(
    'xl/sharedStrings.xml',
    `<sst ${main}>${[...strings.keys()].map((text) => `<si><t xml:space="preserve">${escaped(text)}</t></si>`).join('')}</sst>`,
  );
  await writeFile(file, zipSync(parts, { level: 6 }));
}

function cellXml(
  cell: TestCell,
  at: string,
  strings: Map<string, number>,
  formats: (string | number)[],
  inline = false,
): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return `<c r="${at}"><v>${cell}</v></c>`;
  if (typeof cell === 'boolean') return `<c r="${at}" t="b"><v>${cell ? 1 : 0}</v></c>`;
  if (typeof cell === 'string') {
    if (inline) return `<c r="${at}" t="inlineStr"><is><t xml:space="preserve">${escaped(cell)}</t></is></c>`;
    const index = strings.get(cell) ?? strings.size;
    strings.set(cell, index);
    return `<c r="${at}" t="s"><v>${index}</v></c>`;
  }
  if ('xml' in cell) return cell.xml.replaceAll('@', at);
  let style = formats.indexOf(cell.format);
  if (style < 0) style = formats.push(cell.format) - 1;
  return `<c r="${at}" s="${style + 1}"><v>${cell.value}</v></c>`;
}

function columnName(column: number): string {
  const letter = String.fromCharCode(65 + (column % 26));
  return column < 26 ? letter : columnName(Math.floor(column / 26) - 1) + letter;
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\r', '_x000D_');
}
