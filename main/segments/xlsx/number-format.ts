import { dateText, generalText, isoText } from './date-format.ts';

/** A number format of a workbook, ready to be applied. */
export interface NumberFormat {
  readonly sections: readonly Section[];
  readonly general: boolean;
  /** Shown in the computer's own way in Excel; written in ISO 8601 here, since a file has no computer. */
  readonly iso: 'date' | 'time' | 'datetime' | null;
}

interface Section {
  readonly code: string;
  readonly isDate: boolean;
  readonly condition: { readonly operator: string; readonly limit: number } | null;
  readonly french: boolean;
  /** The words before and behind `General`, which stands for the number as it is; null where it does not stand. */
  readonly aroundGeneral: readonly [string, string] | null;
}

/** Formats that workbooks name by number only (ECMA-376 18.8.30). */
const builtIn: Readonly<Record<number, string>> = {
  1: '0',
  2: '0.00',
  3: '#,##0',
  4: '#,##0.00',
  9: '0%',
  10: '0.00%',
  11: '0.00E+00',
  37: '#,##0 ;(#,##0)',
  38: '#,##0 ;[Red](#,##0)',
  39: '#,##0.00;(#,##0.00)',
  40: '#,##0.00;[Red](#,##0.00)',
  48: '##0.0E+0',
  49: '@',
};

const general: NumberFormat = { sections: [], general: true, iso: null };

/** The format with this number, or with this code when the workbook defines it. */
export function numberFormat(id: number, code: string | undefined): NumberFormat {
  if (code === undefined) {
    if ((id >= 14 && id <= 17) || (id >= 27 && id <= 31) || id === 36 || (id >= 50 && id <= 58))
      return { ...general, iso: 'date' };
    if ((id >= 18 && id <= 21) || (id >= 32 && id <= 35) || (id >= 45 && id <= 47)) return { ...general, iso: 'time' };
    if (id === 22) return { ...general, iso: 'datetime' };
  }
  const text = code ?? builtIn[id];
  if (text === undefined || /^general$/i.test(text) || text === '@' || text === '') return general;
  return { sections: splitSections(text).map(section), general: false, iso: null };
}

/** A number as the format shows it. `date1904`: the workbook counts days from 1904. */
export function formatNumber(value: number, format: NumberFormat, date1904: boolean): string {
  if (format.iso !== null) return isoText(value, format.iso, date1904);
  if (format.general) return generalText(value);
  const chosen = choose(value, format.sections);
  if (chosen === null) return generalText(value);
  if (chosen.section.isDate) return dateText(value, chosen.section.code, chosen.section.french, date1904);
  const shown = chosen.signed ? value : Math.abs(value);
  const { aroundGeneral } = chosen.section;
  if (aroundGeneral) return aroundGeneral[0] + generalText(shown) + aroundGeneral[1];
  return numberText(shown, chosen.section.code);
}

function splitSections(code: string): string[] {
  const sections: string[] = [];
  let current = '';
  for (let at = 0; at < code.length; at++) {
    const character = code[at] ?? '';
    if (character === '\\' || character === '_' || character === '*') {
      current += character + (code[++at] ?? '');
    } else if (character === '"') {
      const end = code.indexOf('"', at + 1);
      const stop = end < 0 ? code.length : end;
      current += code.slice(at, stop + 1);
      at = stop;
    } else if (character === ';') {
      sections.push(current);
      current = '';
    } else current += character;
  }
  sections.push(current);
  return sections;
}

function section(code: string): Section {
  const condition = /\[(<=|>=|<>|<|>|=)(-?\d+(?:\.\d+)?)\]/.exec(code);
  const french = /\[\$[^\]]*-[0-9A-F]*40C\]/i.test(code);
  const cleaned = code
    .replace(/\[\$([^\]-]*)(-[^\]]*)?\]/g, (_, symbol: string) => (symbol === '' ? '' : `"${symbol}"`))
    .replace(/\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, '');
  const bare = cleaned.replace(/"[^"]*"|\\.|_.|\*./g, '');
  const around = /^((?:"[^"]*"|\\.)*)general((?:"[^"]*"|\\.)*)$/i.exec(cleaned.trim());
  return {
    code: cleaned,
    isDate: /[ymdhs]/i.test(bare) && !/[0#?]/.test(bare.replace(/s\.0+/gi, 's')),
    aroundGeneral: around && [numberText(0, around[1] ?? ''), numberText(0, around[2] ?? '')],
    condition: condition ? { operator: condition[1] ?? '', limit: Number(condition[2]) } : null,
    french,
  };
}

function choose(value: number, sections: readonly Section[]): { section: Section; signed: boolean } | null {
  const [first, second, third] = sections;
  if (!first) return null;
  if (sections.some((each) => each.condition !== null)) {
    const fitting = sections.find((each) => each.condition === null || holds(value, each.condition));
    return fitting ? { section: fitting, signed: true } : null;
  }
  if (value < 0 && second) return { section: second, signed: false };
  if (value === 0 && third) return { section: third, signed: true };
  return { section: first, signed: true };
}

function holds(value: number, { operator, limit }: { readonly operator: string; readonly limit: number }): boolean {
  if (operator === '<=') return value <= limit;
  if (operator === '>=') return value >= limit;
  if (operator === '<') return value < limit;
  if (operator === '>') return value > limit;
  return operator === '=' ? value === limit : value !== limit;
}

/** Placeholders (`0 # ?`), points, commas, percent, exponent and the words around and between them. */
function numberText(value: number, code: string): string {
  const tokens = tokensOf(code);
  const places = tokens.filter(({ kind }) => kind === 'place');
  if (places.length === 0)
    return tokens.map(({ kind, text }) => (kind === 'word' ? text : kind === 'percent' ? '%' : '')).join('');
  if (tokens.some(({ kind }) => kind === 'fraction')) return generalText(value);
  const exponent = tokens.find(({ kind }) => kind === 'exponent');
  const point = tokens.findIndex(({ kind }) => kind === 'point');
  const percents = tokens.filter(({ kind }) => kind === 'percent').length;
  const decimals =
    point < 0 ? 0 : tokens.slice(point).filter(({ kind, text }) => kind === 'place' && text !== 'E').length;
  if (exponent)
    return value
      .toExponential(decimals)
      .replace(/e([+-])(\d)$/, 'E$10$2')
      .replace('e', 'E');
  const integerEnd = point < 0 ? tokens.length : point;
  const lastPlace = tokens.findLastIndex(({ kind }, i) => kind === 'place' && i < integerEnd);
  const trailing = tokens.filter(({ kind }, i) => kind === 'comma' && i > lastPlace && i < integerEnd).length;
  const grouped = tokens.some(({ kind }, i) => kind === 'comma' && i < lastPlace);
  const scaled = (Math.abs(value) * 100 ** percents) / 1000 ** trailing;
  const [whole = '0', fraction = ''] = fixed(scaled, decimals).split('.');
  const shown = integerText(tokens.slice(0, integerEnd), whole === '0' ? '' : whole, grouped);
  const rest = point < 0 ? '' : fractionText(tokens.slice(point), fraction);
  const negative = value < 0 && /[1-9]/.test(whole + fraction);
  return `${negative ? '-' : ''}${shown}${rest}`;
}

function fixed(value: number, decimals: number): string {
  if (value >= 1e21) return BigInt(Math.round(value)).toString();
  // Rounds what Excel shows, not what binary holds: 1.005 is 1.01 at two places.
  return Number(value.toPrecision(15)).toFixed(decimals).length > 300
    ? String(value)
    : Number(`${Math.round(Number(`${Number(value.toPrecision(15))}e${decimals}`))}e-${decimals}`).toFixed(decimals);
}

interface Token {
  readonly kind: 'place' | 'word' | 'point' | 'comma' | 'percent' | 'exponent' | 'fraction';
  readonly text: string;
}

function tokensOf(code: string): Token[] {
  const tokens: Token[] = [];
  const pattern = /"([^"]*)"|\\(.)|_(.)|\*(.)|E[+-]0*|[0#?]|[.,%/@]|([\s\S])/gi;
  for (const match of code.matchAll(pattern)) {
    const [text, quoted, escaped, space, , other] = match;
    if (quoted !== undefined || escaped !== undefined) tokens.push({ kind: 'word', text: quoted ?? escaped ?? '' });
    else if (space !== undefined) tokens.push({ kind: 'word', text: '' });
    else if (text.startsWith('*')) continue;
    else if (/^E/i.test(text) && text.length > 1) tokens.push({ kind: 'exponent', text });
    else if (/[0#?]/.test(text)) tokens.push({ kind: 'place', text });
    else if (text === '.') tokens.push({ kind: 'point', text });
    else if (text === ',') tokens.push({ kind: 'comma', text });
    else if (text === '%') tokens.push({ kind: 'percent', text });
    else if (text === '/') tokens.push({ kind: 'fraction', text });
    else tokens.push({ kind: 'word', text: other ?? text });
  }
  return tokens;
}

/** Digits fill the placeholders from the right; what is left over stands before the first. */
function integerText(tokens: readonly Token[], digits: string, grouped: boolean): string {
  let left = digits;
  let text = '';
  let count = 0;
  const first = tokens.findIndex(({ kind }) => kind === 'place');
  const put = (digit: string): void => {
    text = (grouped && count > 0 && count % 3 === 0 ? `${digit},` : digit) + text;
    count++;
  };
  for (let i = tokens.length - 1; i >= 0; i--) {
    const token = tokens[i];
    if (token?.kind === 'word') text = token.text + text;
    else if (token?.kind === 'percent') text = `%${text}`;
    if (token?.kind !== 'place') continue;
    if (left !== '') {
      put(left.slice(-1));
      left = left.slice(0, -1);
    } else if (token.text === '0') put('0');
    while (i === first && left !== '') {
      put(left.slice(-1));
      left = left.slice(0, -1);
    }
  }
  return text;
}

function fractionText(tokens: readonly Token[], digits: string): string {
  let used = 0;
  let text = '';
  const needed = tokens.findLastIndex(({ kind, text: place }) => kind === 'place' && place === '0');
  for (const [i, { kind, text: word }] of tokens.entries()) {
    if (kind === 'word') text += word;
    else if (kind === 'percent') text += '%';
    else if (kind === 'point') text += '.';
    else if (kind === 'place') {
      const rest = digits.slice(used);
      if (i <= needed || /[1-9]/.test(rest)) text += digits[used] ?? '0';
      used++;
    }
  }
  return text.replace(/\.(?=\D|$)/, '');
}
