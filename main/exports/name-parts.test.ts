import fc from 'fast-check';
import { afterAll, beforeAll, expect, it, test } from 'vitest';
import { StageFixture } from '../test-support/stage-fixture.ts';
import { type NameOrder, namePartsSql } from './name-parts.ts';
import { sqlText } from './sql-text.ts';

let fixture: StageFixture;
beforeAll(async () => {
  fixture = await StageFixture.open();
});
afterAll(() => fixture.close());

async function split(names: readonly string[], order: NameOrder = 'first-last') {
  const values = names.map((name, index) => `(${index}, ${sqlText(name)})`).join(', ');
  const rows = await fixture.db.table(
    `SELECT p.f, p.l FROM (SELECT n, ${namePartsSql('c', order)} AS p FROM (VALUES ${values}) AS t(n, c)) ORDER BY n`,
  );
  return rows.map(([first, last]) => [first, last]);
}

it.each([
  ['Ann Smith', 'Ann', 'Smith'],
  ['  Ann   Marie  Smith ', 'Ann Marie', 'Smith'],
  ['Smith, Ann', 'Ann', 'Smith'],
  ['Smith,Ann Marie', 'Ann Marie', 'Smith'],
  ['DUPONT Jean', 'Jean', 'DUPONT'],
  ['Jean-Pierre DUPONT MARTIN', 'Jean-Pierre', 'DUPONT MARTIN'],
  ["O'NEIL Ann", 'Ann', "O'NEIL"],
  ['JEAN DUPONT', 'JEAN', 'DUPONT'],
  ['Anne de la Tour', 'Anne', 'de la Tour'],
  ['Ludwig van Beethoven', 'Ludwig', 'van Beethoven'],
  ['Charles d’Artagnan', 'Charles', 'd’Artagnan'],
  ['Mme Anne Petit', 'Anne', 'Petit'],
  ['Dr. Ann Smith', 'Ann', 'Smith'],
  ['M. Paul', 'Paul', ''],
  ['Cher', 'Cher', ''],
  ['李 小龍', '李', '小龍'],
])('%s is %s %s', async (name, first, last) => {
  expect(await split([name])).toEqual([[first, last]]);
});

it('reads the last name first where that is chosen and nothing in the cell tells', async () => {
  const names = ['Smith Ann Marie', 'de la Tour Anne', 'Jean DUPONT', 'Smith, Ann', 'Cher'];
  expect(await split(names, 'last-first')).toEqual([
    ['Ann Marie', 'Smith'],
    ['Anne', 'de la Tour'],
    ['Jean', 'DUPONT'],
    ['Ann', 'Smith'],
    ['Cher', ''],
  ]);
});

test('no word of a name is lost or made up, whatever it is', async () => {
  const bag = (text: string) =>
    text
      .split(/[\s\u00a0,]+/)
      .filter((word) => word !== '')
      .sort();
  const name = fc.array(fc.stringMatching(/^[A-ZÀ-Öa-zà-ö'-]{2,8}$/), { minLength: 1, maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(name, fc.constantFrom(' ', '  ', ', ')), { minLength: 1, maxLength: 30 }),
      fc.constantFrom<NameOrder[]>('first-last', 'last-first'),
      async (given, order) => {
        const names = given.map(([words, between]) => words.join(between));
        const titled = /^(mr|mrs|ms|miss|m|mme|mlle|dr|prof|herr|frau|sra?)\b/i;
        const parts = await split(names, order);
        for (const [index, [first, last]] of parts.entries()) {
          const whole = names[index] ?? '';
          if (!titled.test(whole)) expect(bag(`${first} ${last}`)).toEqual(bag(whole));
          expect(first).not.toBe('');
        }
      },
    ),
    { numRuns: 40 },
  );
});
