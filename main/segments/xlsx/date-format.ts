/** A number without a format, at the 15 digits that Excel keeps and without an exponent: an identifier stays one. */
export function generalText(value: number): string {
  const rounded = Number(value.toPrecision(15));
  if (Number.isInteger(rounded) && Math.abs(rounded) < 1e21) return BigInt(rounded).toString();
  return String(rounded);
}

const dayMs = 86_400_000;

/** Day numbers of Excel to the calendar; Excel's 1900 had a 29 February. */
function dateOf(value: number, date1904: boolean): Date {
  const days = date1904 ? value + 1462 : value;
  return new Date(Math.round((days - (days < 60 && !date1904 ? 25_568 : 25_569)) * dayMs));
}

/** A day number in ISO 8601. */
export function isoText(value: number, iso: 'date' | 'time' | 'datetime', date1904: boolean): string {
  const date = dateOf(value, date1904);
  if (Number.isNaN(date.getTime()) || value < 0) return generalText(value);
  const text = date.toISOString();
  const time = text.slice(11, 19);
  if (iso === 'time') return time;
  const day = text.slice(0, 10);
  // A date with a time of day in a cell that shows the date: shown is the date.
  return iso === 'date' ? day : `${day} ${time}`;
}

const englishMonths = 'January February March April May June July August September October November December'.split(
  ' ',
);
const frenchMonths = 'janvier février mars avril mai juin juillet août septembre octobre novembre décembre'.split(' ');
/** As French Excel shortens them: three letters would make one of June and July. */
const frenchShortMonths = 'janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.'.split(' ');
const englishDays = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ');
const frenchDays = 'dimanche lundi mardi mercredi jeudi vendredi samedi'.split(' ');

/** A day number in a format's code. Words are French where the format says so. */
export function dateText(value: number, code: string, french: boolean, date1904: boolean): string {
  const date = dateOf(value, date1904);
  if (Number.isNaN(date.getTime()) || value < 0) return generalText(value);
  const half = /AM\/PM|A\/P/i.test(code);
  let afterHours = false;
  let text = '';
  for (const match of code.matchAll(
    /"([^"]*)"|\\(.)|_(.)|\*(.)|AM\/PM|A\/P|\[h+\]|\[m+\]|\[s+\]|y+|m+|d+|h+|s+(?:\.0+)?|[\s\S]/gi,
  )) {
    const [token, quoted, escaped, space] = match;
    if (quoted !== undefined || escaped !== undefined) {
      text += quoted ?? escaped ?? '';
      continue;
    }
    if (space !== undefined || token.startsWith('*') || token === '@') continue;
    const unit = token.toLowerCase();
    const isMinutes =
      /^m{1,2}$/.test(unit) && (afterHours || /^[^a-z]*s/i.test(code.slice((match.index ?? 0) + token.length)));
    text += isMinutes ? padded(date.getUTCMinutes(), unit.length) : datePart(unit, date, value, half, french, token);
    if (/^\[?h/.test(unit)) afterHours = true;
    else if (/^[a-z[]/.test(unit)) afterHours = false;
  }
  return text;
}

function datePart(unit: string, date: Date, value: number, half: boolean, french: boolean, token: string): string {
  const month = (french ? frenchMonths : englishMonths)[date.getUTCMonth()] ?? '';
  const day = (french ? frenchDays : englishDays)[date.getUTCDay()] ?? '';
  const hours = date.getUTCHours();
  if (/^y/.test(unit)) return unit.length <= 2 ? padded(date.getUTCFullYear() % 100, 2) : String(date.getUTCFullYear());
  if (/^m{5}$/.test(unit)) return month.slice(0, 1);
  if (/^m{4,}$/.test(unit)) return month;
  if (unit === 'mmm') return french ? (frenchShortMonths[date.getUTCMonth()] ?? '') : month.slice(0, 3);
  if (/^m/.test(unit)) return padded(date.getUTCMonth() + 1, unit.length);
  if (/^d{4,}$/.test(unit)) return day;
  if (unit === 'ddd') return `${day.slice(0, 3)}${french ? '.' : ''}`;
  if (/^d/.test(unit)) return padded(date.getUTCDate(), unit.length);
  if (/^h/.test(unit)) return padded(half ? hours % 12 || 12 : hours, unit.length);
  if (/^s/.test(unit)) {
    const decimals = unit.indexOf('.') < 0 ? 0 : unit.length - unit.indexOf('.') - 1;
    const whole = padded(date.getUTCSeconds(), Math.min(2, unit.replace(/\..*/, '').length));
    return decimals === 0 ? whole : `${whole}.${String(date.getUTCMilliseconds()).padStart(3, '0').slice(0, decimals)}`;
  }
  if (unit === 'am/pm') return hours < 12 ? 'AM' : 'PM';
  if (unit === 'a/p') return hours < 12 ? 'A' : 'P';
  if (/^\[h/.test(unit)) return String(Math.floor(value * 24 + 1e-9));
  if (/^\[m/.test(unit)) return String(Math.floor(value * 1440 + 1e-9));
  if (/^\[s/.test(unit)) return String(Math.floor(value * 86_400 + 1e-9));
  return token;
}

function padded(number: number, length: number): string {
  return String(number).padStart(length, '0');
}
