import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { highCharacters } from '../../../segments/encodings.ts';
import { countries } from './countries.ts';
import { damageChecks } from './damage-checks.ts';
import { DamageLab } from './damage-lab.ts';
import { garbledText } from './garbled-text.ts';
import { nameCase } from './name-case.ts';
import { phonePrefix } from './phone-prefix.ts';
import { postcodeZeros } from './postcode-zeros.ts';

let lab: DamageLab;
beforeAll(async () => {
  lab = await DamageLab.open();
});
afterAll(() => lab.close());

/** Pieces of which damaged cells are made, beside whole characters of any kind. */
const pieces = fc.constantFrom(
  ...['Ã©', 'Â', 'â€™', '√©', 'ÃƒÂ©', 'ÐœÐ°', '\ufffd', '#N/A', '#', '##', 'null', 'NaN', 'None', '(blank)', 'Err:502'],
  ...[
    '1.23E+10',
    '1.5E+1',
    'E+',
    '  ',
    ' ',
    '\n',
    '\t',
    '\u0007',
    '\u200b',
    '\u00a0',
    '2139',
    '501',
    '-1234',
    '33612345678',
  ],
  ...["O'NEIL", 'mcdonald', 'DE', 'la', '-', "d'", 'É', 'ß', 'é', 'İ', 'ǆ', 'ŉ', 'A', 'b', '0', '+', '李', '👩‍🚀'],
);
const cell = fc
  .array(
    fc.oneof({ weight: 3, arbitrary: pieces }, { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 3 }) }),
    {
      maxLength: 6,
    },
  )
  // As every cell comes to the checks: without white space at its ends.
  .map((parts) =>
    parts
      .join('')
      .replaceAll('\0', '')
      .replace(/^[\s\v\p{Z}\p{Cf}]+|[\s\v\p{Z}\p{Cf}]+$/gu, ''),
  );
const country = fc.constantFrom('', 'France', 'USA', 'Norway', 'Japan', 'Narnia', 'Germany', 'UK');
const row = fc.record({ cell, country });

const fields = ['first_name', 'last_name', 'phone', 'street', 'zip', 'cf:note'];

for (const check of damageChecks) {
  test(`${check.kind}: a repaired cell is not found again, and no cell is found that was not glanced at`, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...fields.filter(check.concerns)),
        fc.array(row, { minLength: 30, maxLength: 60 }),
        async (field, rows) => {
          const given = rows.map((one) => ({ [field]: one.cell, country: one.country }));
          const looked = await lab.look(check, field, given);
          for (const { found, glanced } of looked) if (found) expect(glanced).toBe(true);
          const repaired = await lab.look(
            check,
            field,
            given.map((one, index) => ({ ...one, [field]: looked[index]?.mended ?? '' })),
          );
          const again = repaired.filter((one, index) => one.found && looked[index]?.mended !== null);
          expect(again).toEqual([]);
        },
      ),
      { numRuns: 10 },
    );
  });
}

/** What becomes of a text whose UTF-8 is read as another encoding. */
function misread(text: string, reading: 'windows-1252' | 'macintosh'): string {
  const high = [...highCharacters(reading)];
  return [...Buffer.from(text, 'utf8')]
    .map((byte) => (byte < 0x80 ? String.fromCharCode(byte) : high[byte - 0x80]))
    .join('');
}

const letters = (from: number, to: number) =>
  fc.integer({ min: from, max: to }).map((code) => String.fromCodePoint(code));
const word = fc.oneof(
  fc.string({
    unit: fc.oneof(letters(0x61, 0x7a), letters(0xc0, 0xff), letters(0x100, 0x17f)),
    minLength: 1,
    maxLength: 12,
  }),
  // Greek, Cyrillic, ideographs and kana: words of two letters and more.
  fc.string({ unit: letters(0x391, 0x3c9), minLength: 2, maxLength: 9 }),
  fc.string({ unit: letters(0x410, 0x44f), minLength: 2, maxLength: 9 }),
  fc.string({ unit: fc.oneof(letters(0x4e00, 0x9fa5), letters(0x3041, 0x3096)), minLength: 2, maxLength: 5 }),
  fc.constantFrom('“a”', 'l’été', 'a – b', '€ 5', 'a…', '👍', 'ș', 'Nguyễn'),
);
const text = fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join(' '));

test('garbled: whatever was read wrongly up to three times comes back letter by letter', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(text, { minLength: 20, maxLength: 40 }),
      fc.constantFrom(1, 2, 3),
      fc.constantFrom('windows-1252' as const, 'macintosh' as const),
      async (texts, times, reading) => {
        // Misread Mac Roman is not undone more than once: its signs come from all over Unicode.
        const rounds = reading === 'macintosh' ? 1 : times;
        const readable = texts.filter((one) => reading !== 'macintosh' || !/[\u3040-\u9fff]/.test(one));
        const sound = (
          await lab.look(
            garbledText,
            'city',
            readable.map((city) => ({ city })),
          )
        ).filter(({ found }) => !found);
        const garbled = sound.map(({ cell: whole }) => {
          let wrong = whole;
          for (let round = 0; round < rounds; round += 1) wrong = misread(wrong, reading);
          return { city: wrong };
        });
        const mended = await lab.look(garbledText, 'city', garbled);
        for (const [index, one] of mended.entries()) {
          const whole = sound[index]?.cell ?? '';
          expect(one.found ? one.mended : one.cell).toBe(whole);
        }
      },
    ),
    { numRuns: 20 },
  );
});

test('zip-zeros: a code that lost its zeros comes back, in every country whose codes may begin with 0', async () => {
  const withCodes = countries.flatMap(({ names, postcode }) => (postcode ? [{ names, postcode }] : []));
  const code = fc.constantFrom(...withCodes).chain(({ names, postcode: { digits, fewest } }) =>
    fc.record({
      country: fc.constantFrom(...names),
      whole: fc
        .integer({ min: 10 ** (fewest - 1), max: 10 ** (digits - 1) - 1 })
        .map((number) => String(number).padStart(digits, '0')),
    }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(code, { minLength: 50, maxLength: 50 }), async (codes) => {
      const rows = codes.map(({ country, whole }) => ({ country, zip: whole.replace(/^0+/, '') }));
      const looked = await lab.look(postcodeZeros, 'zip', rows);
      expect(looked.map(({ mended }) => mended)).toEqual(codes.map(({ whole }) => whole));
      const whole = await lab.look(
        postcodeZeros,
        'zip',
        codes.map((one) => ({ country: one.country, zip: one.whole })),
      );
      expect(whole.filter(({ found }) => found)).toEqual([]);
    }),
    { numRuns: 20 },
  );
});

test('phone-prefix: a number that lost its 0 or + comes back, and a whole one is left alone', async () => {
  const withNumbers = countries.flatMap(({ names, phone }) => (phone ? [{ names, phone }] : []));
  const number = fc.constantFrom(...withNumbers).chain(({ names, phone }) =>
    fc.record({
      country: fc.constantFrom(...names),
      national: fc.stringMatching(new RegExp(`^${phone.national}$`)),
      international: fc.boolean().map((wanted) => (wanted || phone.withoutZero ? phone.callingCode : null)),
    }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(number, { minLength: 40, maxLength: 40 }), async (numbers) => {
      const lost = numbers.map(({ country, national, international }) => ({
        country,
        phone: `${international ?? ''}${national}`,
      }));
      const whole = numbers.map(({ national, international }) =>
        international === null ? `0${national}` : `+${international}${national}`,
      );
      expect((await lab.look(phonePrefix, 'phone', lost)).map(({ mended }) => mended)).toEqual(whole);
      const rows = whole.map((phone, index) => ({ country: lost[index]?.country ?? '', phone }));
      expect((await lab.look(phonePrefix, 'phone', rows)).filter(({ found }) => found)).toEqual([]);
    }),
    { numRuns: 20 },
  );
});

test('name-case: capitals and small letters come to the same name', async () => {
  const part = fc.string({
    unit: fc.oneof(letters(0x61, 0x7a), fc.constantFrom(...'éèüöñç')),
    minLength: 3,
    maxLength: 8,
  });
  const name = fc
    .array(part, { minLength: 1, maxLength: 3 })
    .chain((parts) => fc.constantFrom(' ', '-', ' de la ', ' van ').map((between) => parts.join(between)));
  await fc.assert(
    fc.asyncProperty(fc.array(name, { minLength: 30, maxLength: 30 }), async (names) => {
      const small = await lab.look(
        nameCase,
        'last_name',
        names.map((one) => ({ last_name: one })),
      );
      const capitals = await lab.look(
        nameCase,
        'last_name',
        names.map((one) => ({ last_name: one.toUpperCase() })),
      );
      expect(capitals.map(({ mended }) => mended)).toEqual(small.map(({ mended, cell: own }) => mended ?? own));
    }),
    { numRuns: 10 },
  );
});
