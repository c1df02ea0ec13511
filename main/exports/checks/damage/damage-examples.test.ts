import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CellCheck } from '../cell-check.ts';
import { DamageLab } from './damage-lab.ts';
import { formulaErrors } from './formula-errors.ts';
import { garbledText, lostLetters } from './garbled-text.ts';
import { nameCase } from './name-case.ts';
import { phonePrefix } from './phone-prefix.ts';
import { placeholderWords } from './placeholder-words.ts';
import { postcodeZeros } from './postcode-zeros.ts';
import { shortenedNumbers } from './shortened-numbers.ts';
import { controlCharacters, doubleSpaces } from './untidy-text.ts';

let lab: DamageLab;
beforeAll(async () => {
  lab = await DamageLab.open();
});
afterAll(() => lab.close());

/** Each cell with what becomes of it: a text, null where it cannot be mended, undefined where nothing is found. */
type Examples = readonly (readonly [cell: string, mended: string | null | undefined])[];

async function hold(check: CellCheck, field: string, examples: Examples): Promise<void> {
  const looked = await lab.look(
    check,
    field,
    examples.map(([cell]) => ({ [field]: cell })),
  );
  expect(looked.map(({ cell, found, mended }) => [cell, found ? mended : undefined])).toEqual(examples);
}

test('accents that became several letters are given back, once or several times over', async () => {
  await hold(garbledText, 'last_name', [
    ['JÃ©rÃ´me', 'Jérôme'],
    ['JÃƒÂ©rÃƒÂ´me', 'Jérôme'],
    ['Zoëâ€™s', 'Zoë’s'],
    ['L√©a ‚Äì √âmile', 'Léa – Émile'],
    ['ÐœÐ°Ñ€Ð¸Ñ\u008f', 'Мария'],
    ['æ\u009d±äº¬éƒ½', '東京都'],
    ['Å\u0081Ã³dÅº', 'Łódź'],
    ['â‚¬ 5', '€ 5'],
    ['Ada ï»¿B', 'Ada \ufeffB'],
  ]);
});

test('letters that stand beside each other by rights are left alone', async () => {
  await hold(
    garbledText,
    'last_name',
    [
      'Jérôme',
      'IRMÃ DULCE',
      'ÈÉÉÈÉÉ',
      'SÃO PAULO',
      '«café»…',
      'Spaß“',
      'Ünal',
      'Ærø',
      'Мария',
      '東京都',
      'À l’Âge',
      'x√2',
      'Œuvre – à',
    ].map((cell) => [cell, undefined] as const),
  );
});

test('a letter that is lost is pointed out', async () => {
  await hold(lostLetters, 'city', [
    ['Montr\ufffdal', null],
    ['Montrï¿½al', null],
    ['Montréal', undefined],
  ]);
});

test('errors of formulas in several languages, and columns too narrow', async () => {
  await hold(formulaErrors, 'company_name', [
    ['#N/A', ''],
    ['#NOM?', ''],
    ['#valeur!', ''],
    ['#BEZUG!', ''],
    ['#¡VALOR!', ''],
    ['#DIV/0!', ''],
    ['########', ''],
    ['Err:502', ''],
    ['#1 Pizza', undefined],
    ['C#', undefined],
    ['## a', undefined],
    ['Errol', undefined],
  ]);
});

test('words for nothing; in names those that people are called are kept', async () => {
  await hold(placeholderWords, 'company_name', [
    ['null', ''],
    ['NULL', ''],
    ['Null', ''],
    ['NaN', ''],
    ['undefined', ''],
    ['None', ''],
    ['n/a', ''],
    ['(blank)', ''],
    ['(vide)', ''],
    ['\\N', ''],
    ['Nullarbor', undefined],
    ['N', undefined],
  ]);
  await hold(placeholderWords, 'last_name', [
    ['Null', null],
    ['NULL', ''],
    ['null', ''],
    ['Nan', null],
    ['nan', ''],
  ]);
});

test('shortened numbers: only those are written out whose digits all stand there', async () => {
  await hold(shortenedNumbers, 'phone', [
    ['1.23E+10', null],
    ['3,36123E+10', null],
    ['1E+10', null],
    ['1.2345678901E+10', '12345678901'],
    ['3,3612345678E+10', '33612345678'],
    ['+3.3612345678e+10', '33612345678'],
    ['1.23456789012345678E+17', null],
    ['E+10', undefined],
    ['12E+3', undefined],
    ['+33 6 12 34 56 78', undefined],
  ]);
});

test('line breaks, tabs and what does not show', async () => {
  await hold(controlCharacters, 'street', [
    ['12 Main St\nApt 4', '12 Main St, Apt 4'],
    ['12 Main St,\r\n Apt 4', '12 Main St, Apt 4'],
    ['12\tMain', '12 Main'],
    ['Ma\u0007in', 'Main'],
    ['Ma\u200bin', 'Main'],
    ['Ma\u00adin', 'Main'],
    ['👨\u200d👩', undefined],
    ['12 Main', undefined],
  ]);
  await hold(controlCharacters, 'city', [['Saint\nMalo', 'Saint Malo']]);
});

test('several blanks in a row', async () => {
  await hold(doubleSpaces, 'city', [
    ['Saint   Malo  Nord', 'Saint Malo Nord'],
    ['Saint Malo', undefined],
  ]);
});

test('names in capitals or small letters are written as names are', async () => {
  await hold(nameCase, 'last_name', [
    ['SMITH', 'Smith'],
    ['smith', 'Smith'],
    ["O'NEIL", "O'Neil"],
    ['o’neil', 'O’Neil'],
    ['MCDONALD', 'McDonald'],
    ['DE LA CRUZ', 'de la Cruz'],
    ['VAN DEN BERG', 'van den Berg'],
    ['LE PEN', 'Le Pen'],
    ['DA SILVA', 'da Silva'],
    ['JEAN-PIERRE', 'Jean-Pierre'],
    ['CHARLES DE GAULLE', 'Charles de Gaulle'],
    ["GISCARD D'ESTAING", "Giscard d'Estaing"],
    ["D'ARTAGNAN", "D'Artagnan"],
    ['SMITH III', 'Smith III'],
    ['ÉLODIE', 'Élodie'],
    ['ÖZGÜR', 'Özgür'],
    ['VAN', 'Van'],
    ['Smith', undefined],
    ['McKay', undefined],
    ['TJ', undefined],
    ['NULL', undefined],
    ['#REF!', undefined],
    ['JÃ‰RÃ”ME', undefined],
    ['R2D2', undefined],
    ['李明', undefined],
  ]);
});

test('zeros that postcodes lost, by the country of the row', async () => {
  const rows: readonly (readonly [string, string, string | undefined])[] = [
    ['2139', 'USA', '02139'],
    ['501', 'United States', '00501'],
    ['2139-1234', 'us', '02139-1234'],
    ['2139-12', 'us', undefined],
    ['1000', 'France', '01000'],
    ['1067', 'Deutschland', '01067'],
    ['118', 'Italie', '00118'],
    ['150', 'Norway', '0150'],
    ['800', 'Australia', '0800'],
    ['600001', 'Japan', '0600001'],
    ['1310100', 'Brasil', '01310100'],
    ['10115', 'DE', undefined],
    ['1010', 'Austria', undefined],
    ['8001', 'Suisse', undefined],
    ['1234', 'Narnia', undefined],
    ['12', 'USA', undefined],
    ['AB1 2CD', 'UK', undefined],
    ['10001', 'China', '010001'],
  ];
  const looked = await lab.look(
    postcodeZeros,
    'zip',
    rows.map(([zip, country]) => ({ zip, country })),
  );
  expect(looked.map(({ cell, found, mended }, index) => [cell, rows[index]?.[1], found ? mended : undefined])).toEqual(
    rows,
  );
});

test('where a row names no country, the one of nearly all others stands in', async () => {
  const rows = (other: string) => [
    ...Array.from({ length: 20 }, () => ({ zip: '75001', country: 'France' })),
    ...Array.from({ length: 5 }, () => ({ zip: '8001', country: other })),
    { zip: '1000', country: '' },
  ];
  expect((await lab.look(postcodeZeros, 'zip', rows('Suisse'))).at(-1)).toMatchObject({ found: true, mended: '01000' });
  const halves = [...rows('Suisse'), ...Array.from({ length: 10 }, () => ({ zip: '8001', country: 'Suisse' }))];
  expect((await lab.look(postcodeZeros, 'zip', halves)).some(({ found }) => found)).toBe(false);
});

test('without a column of countries, the states of the United States or the look of the codes tell', async () => {
  const states = [
    ...Array.from({ length: 9 }, () => ({ zip: '10001', state: 'NY' })),
    { zip: '2139', state: 'Massachusetts' },
    { zip: '6000', state: 'WA of Australia' },
  ];
  const byState = await lab.look(postcodeZeros, 'zip', states);
  expect(byState.slice(-2).map(({ mended }) => mended)).toEqual(['02139', null]);
  const codes = (first: string) => [
    ...Array.from({ length: 80 }, (_, index) => ({ zip: String(20_000 + index) })),
    { zip: first },
    { zip: '1067' },
  ];
  expect((await lab.look(postcodeZeros, 'zip', codes('99999'))).at(-1)?.mended).toBe('01067');
  // A code that kept its zero shows that they are not lost: four digits are another country's.
  expect((await lab.look(postcodeZeros, 'zip', codes('01069'))).at(-1)?.found).toBe(false);
});

test('what phone numbers lost in front, where it is sure', async () => {
  const rows: readonly (readonly [string, string, string | undefined])[] = [
    ['612345678', 'France', '0612345678'],
    ['33612345678', 'France', '+33612345678'],
    ['0612345678', 'France', undefined],
    ['7911123456', 'UK', '07911123456'],
    ['447911123456', 'United Kingdom', '+447911123456'],
    ['49301234567', 'Germany', undefined],
    ['4915112345678', 'Germany', '+4915112345678'],
    ['393331234567', 'Italia', '+393331234567'],
    ['3331234567', 'Italia', undefined],
    ['5551234567', 'USA', undefined],
    ['612345678', 'Narnia', undefined],
    ['612345678', '', undefined],
  ];
  const looked = await lab.look(
    phonePrefix,
    'phone',
    rows.map(([phone, country]) => ({ phone, country })),
  );
  expect(looked.map(({ cell, found, mended }, index) => [cell, rows[index]?.[1], found ? mended : undefined])).toEqual(
    rows,
  );
});
