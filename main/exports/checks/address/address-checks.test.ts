import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FindingKind } from '../../../../preload/contract/finding-kinds.ts';
import { StageFixture } from '../../../test-support/stage-fixture.ts';
import { findAll } from '../../findings.ts';
import { preparedRows } from '../../prepared-rows.ts';
import { domainEnds } from './domain-ends.ts';
import { certainEndSlips, endSlips, mailDomains, ownNames, peculiarNames } from './mail-domains.ts';

let fixture: StageFixture;
beforeAll(async () => {
  fixture = await StageFixture.open();
});
afterAll(() => fixture.close());

async function segmentOf(cells: readonly string[], repairs: FindingKind[] = []) {
  const fieldMap = [{ field: 'email', columnIndex: 0, ...(repairs.length > 0 ? { repairs } : {}) }];
  return { segmentId: 's', stageFile: await fixture.write(cells.map((cell) => [cell])), fieldMap, unreadableCount: 0 };
}

/** The addresses after a repair, in the order of their rows. */
async function repaired(cells: readonly string[], repairs: FindingKind[]): Promise<string[]> {
  const rows = await fixture.db.rows(
    `SELECT email FROM (${preparedRows([await segmentOf(cells, repairs)], [])}) ORDER BY ord`,
  );
  return rows.map(({ email }) => String(email));
}

/** Whether one letter more, less, other, or two exchanged make one text of the other. */
function oneSlipApart(a: string, b: string): boolean {
  for (let index = 0; index <= a.length; index += 1) {
    const [before, after] = [a.slice(0, index), a.slice(index)];
    if (before + after.slice(1) === b && after !== '') return a !== b;
    const letter = b.charAt(index);
    if (before + letter + after === b || before + letter + after.slice(1) === b) return a !== b;
    if (before + after.charAt(1) + after.charAt(0) + after.slice(2) === b) return a !== b;
  }
  return false;
}

const splitOff = (text: string, at: number): [string, string] => [text.slice(0, at), text.slice(at + 1)];
const replacementOf = (pairs: readonly (readonly [string, string])[], end: string): string =>
  pairs.find(([slip]) => slip === end)?.[1] ?? end;

/** The domain that one slip made into `domain`; null when there was none. */
function meantBy(domain: string): string | null {
  const [name, ending] = splitOff(domain, domain.indexOf('.'));
  const [front, last] = splitOff(domain, domain.lastIndexOf('.'));
  if (mailDomains.includes(domain) || ownNames.includes(name)) return null;
  const near = peculiarNames.find((known) => known === name || oneSlipApart(name, known));
  const meantEnding = replacementOf(endSlips, ending);
  const certain = certainEndSlips.some(([slip]) => slip === last);
  if (near === undefined) return certain ? `${front}.${replacementOf(certainEndSlips, last)}` : null;
  return certain || mailDomains.includes(`${near}.${meantEnding}`) ? `${near}.${meantEnding}` : null;
}

const letter = fc.constantFrom(...'abcdefghilmnoprstuvy0-');
const slipped = (name: string) =>
  fc.tuple(fc.nat({ max: name.length }), fc.nat({ max: 4 }), letter).map(([at, how, other]) => {
    const [before, after] = [name.slice(0, at), name.slice(at)];
    if (how === 0) return before + after.slice(1);
    if (how === 1) return before + other + after;
    if (how === 2) return before + other + after.slice(1);
    if (how === 3) return before + after.charAt(1) + after.charAt(0) + after.slice(2);
    return name;
  });
const endings = [
  ...mailDomains.map((domain) => domain.slice(domain.indexOf('.') + 1)),
  ...endSlips.map(([slip]) => slip),
  ...certainEndSlips.map(([slip]) => slip),
  'example.con',
];
const anyName = fc.constantFrom(
  ...peculiarNames,
  ...ownNames,
  ...mailDomains.map((domain) => domain.split('.')[0] ?? ''),
);
const anyDomain = fc
  .tuple(anyName.chain(slipped), fc.constantFrom(...endings))
  .map(([name, ending]) => `${name}.${ending}`)
  .filter((domain) => /^[a-z0-9]+(-+[a-z0-9]+)*([.][a-z0-9]+)*[.][a-z]{2,}$/.test(domain));

test('a domain one slip away from a well-known one is found and repaired; no other is touched', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyDomain, { minLength: 20, maxLength: 400, size: 'max' }), async (domains) => {
      const cells = domains.map((domain) => `ada@${domain}`);
      const after = await repaired(cells, ['email-typo-domain']);
      expect(after).toEqual(domains.map((domain) => `ada@${meantBy(domain) ?? domain}`));
      const found = (await findAll(fixture.db, [await segmentOf(cells)])).find(
        ({ kind }) => kind === 'email-typo-domain',
      );
      expect(found?.count ?? 0).toBe(domains.filter((domain) => meantBy(domain) !== null).length);
    }),
    { numRuns: 12 },
  );
});

test('no well-known domain, and no slip undone, is a slip itself', async () => {
  const cells = mailDomains.map((domain) => `ada@${domain}`);
  expect(await repaired(cells, ['email-typo-domain'])).toEqual(cells);
  expect(mailDomains.filter((domain) => !domainEnds.includes(domain.split('.').at(-1) ?? ''))).toEqual([]);
});

test.each<[FindingKind, readonly string[], readonly string[]]>([
  [
    'email-typo-domain',
    ['a@gmial.com', 'a@hotmial.fr', 'a@gmail.con', 'a@firm.example.con', 'a@gmail.co', 'a@yahoo.frr'],
    [
      'a@gmail.com',
      'a@mail.com',
      'a@ymail.com',
      'a@orange.fr',
      'a@grange.fr',
      'a@firm.co',
      'a@cloud.com',
      'a@yahoo.gr',
    ],
  ],
  [
    'email-unknown-domain-end',
    ['a@firm.local', 'a@firm.cmo', 'a@firm.xn--zzzz'],
    ['a@firm.com', 'a@firm.museum', 'a@firm.paris', 'a@пример.рф', 'a@firm.xn--p1ai', 'a@firm.co.uk'],
  ],
  [
    'email-role',
    ['info@firm.fr', 'Sales@firm.com', 'no-reply@firm.com', 'comptabilite@firm.fr'],
    ['information.desk@firm.fr', 'salesman@firm.com', 'ada@info.fr', 'it.crowd@firm.com'],
  ],
  ['email-mixed-letters', ['a@gmаil.com', 'a@раураl.com'], ['a@пример.рф', 'a@münchen.de', 'a@gmail.com']],
  [
    'email-long',
    [`${'x'.repeat(39)}@example.com`, `${'x'.repeat(68)}@example.com`],
    [`${'x'.repeat(38)}@example.com`, `${'x'.repeat(69)}@example.com`],
  ],
])('%s: %j and not %j', async (kind, pointedAt, others) => {
  const found = await findAll(fixture.db, [await segmentOf([...pointedAt, ...others])]);
  const rows = found.find((finding) => finding.kind === kind)?.examples.map(({ rowNumber }) => rowNumber);
  expect(rows).toEqual(pointedAt.map((_, index) => index + 1));
});

test('foreign letters become Latin ones, and a slip behind them is then undone too', async () => {
  const cells = ['ada@gmаil.com', 'ada@gmаl.com', 'ada@münchen.de'];
  expect(await repaired(cells, ['email-mixed-letters', 'email-typo-domain'])).toEqual([
    'ada@gmail.com',
    'ada@gmail.com',
    'ada@münchen.de',
  ]);
});
