import { copyFileSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { StageFixture } from '../../test-support/stage-fixture.ts';
import { type ColumnProfile, profileColumns } from './profile-columns.ts';
import { keptProfile, profileStage } from './profile-stage.ts';
import { assignFields, scoredFields, scoreMatch, scoreMatches } from './score-matches.ts';

let fixture: StageFixture;
beforeAll(async () => {
  fixture = await StageFixture.open();
});
afterAll(() => fixture.close());

/** A stage of which every column is given as its heading and its cells, the shorter ones repeated. */
async function stageOf(columns: Readonly<Record<string, readonly string[]>>) {
  const cells = Object.values(columns);
  const rowCount = Math.max(...cells.map((one) => one.length));
  const rows = Array.from({ length: rowCount }, (_, n) => cells.map((one) => one[n % one.length] ?? ''));
  return { stageFile: await fixture.write(rows), columns: Object.keys(columns), rowCount };
}
const profileOf = async (columns: Readonly<Record<string, readonly string[]>>) =>
  profileColumns(fixture.db, await stageOf(columns));
const suggestedFor = async (columns: Readonly<Record<string, readonly string[]>>) =>
  Object.fromEntries(
    assignFields(scoreMatches(await profileOf(columns))).map(({ field, columnIndex, certainty }) => [
      field,
      `${Object.keys(columns)[columnIndex]}, ${certainty}`,
    ]),
  );

const emails = ['ann@example.com', 'bo@example.org', 'cy@example.net', 'di@example.com'];

describe('a profile', () => {
  it('counts what is filled and different over the whole file, and says what it is', async () => {
    const columns = {
      mail: [...emails, '', ' ', 'none'],
      id: ['6f1e2d3c4b5a69788796a5b4c3d2e1f0', '0f1e2d3c4b5a69788796a5b4c3d2e1f0'],
      Tel: ['+33 6 12 34 56 78', '+33 6 12 34 56 79'],
      Postcode: ['75001', '69002'],
      points: ['12', '1 200,5', '7'],
      news: ['yes', 'no'],
      site: ['https://example.com/a'],
      Land: ['France', 'Belgique'],
      born: ['1980-05-17', '1999-12-31'],
      blank: [''],
      note: ['called twice', 'likes blue', 'no answer'],
    };
    const profile = await profileOf(columns);
    expect(profile.map(({ heading, kind }) => `${heading}: ${kind}`)).toEqual([
      'mail: email',
      'id: id',
      'Tel: phone',
      'Postcode: zip',
      'points: number',
      'news: yes-no',
      'site: url',
      'Land: country',
      'born: date',
      'blank: empty',
      'note: text',
    ]);
    expect(profile[0]).toMatchObject({ filled: 5, distinct: 5, fitting: 4, looked: 5 });
    expect(profile[9]).toMatchObject({ filled: 0, distinct: 0, samples: [] });
  });

  it('counts all rows, not only those that were sampled', async () => {
    const many = Array.from({ length: 5_000 }, (_, n) => (n % 7 === 0 ? '' : `p${n % 1_000}@example.com`));
    const [mail] = await profileOf({ mail: many });
    const filled = many.filter((cell) => cell !== '');
    expect(mail).toMatchObject({ filled: filled.length, distinct: new Set(filled).size, fitting: filled.length });
  });

  it('tells the order of dates with its proof', async () => {
    const { columns } = await profileStage(
      fixture.db,
      await stageOf({ 'Date de naissance': ['05/06/1980', '17/06/1980', '?'], Jour: ['01/02/2024'] }),
    );
    expect(columns[0]).toMatchObject({
      kind: 'birthday',
      dates: {
        order: 'day-first',
        ambiguous: 1,
        unreadable: 1,
        proofs: [{ order: 'day-first', count: 1, example: '17/06/1980' }],
      },
    });
    expect(columns[1]?.dates).toMatchObject({ order: null, needless: false, ambiguous: 3 });
  });

  it('knows days that a spreadsheet counted under a heading that speaks of days', async () => {
    const [born, points] = await profileOf({ Birthday: ['29357', '30000'], points: ['29357', '30000'] });
    expect(born).toMatchObject({ kind: 'birthday', dates: { plain: 2 } });
    expect(points).toMatchObject({ kind: 'number', dates: null });
  });

  it('is kept beside its stage', async () => {
    const staged = await stageOf({ mail: emails });
    const folder = path.join(fixture.folder, 'own');
    mkdirSync(folder);
    const stage = { ...staged, stageFile: path.join(folder, 'stage.parquet') };
    copyFileSync(staged.stageFile, stage.stageFile);
    expect(await keptProfile(stage)).toBeNull();
    const made = await profileStage(fixture.db, stage);
    expect(await keptProfile(stage)).toEqual(made);
  });
});

describe('matches', () => {
  it('of a French Customer Insights download are sure', async () => {
    expect(
      await suggestedFor({
        CustomerId: ['6f1e2d3c4b5a69788796a5b4c3d2e1f0'],
        Prénom: ['Zoé', 'Jérôme'],
        Nom: ['Petit', 'Lefèvre'],
        'Adresse e-mail': emails,
        'Téléphone portable': ['06 12 34 56 78'],
        Adresse: ['12 rue Pasteur'],
        'Code postal': ['69002', '01000'],
        Ville: ['Lyon', 'Bourg-en-Bresse'],
        Pays: ['France'],
        Société: ['Contoso', 'Fabrikam'],
        Fonction: ['Directrice', 'Acheteur'],
        'Date de naissance': ['17/05/1980'],
        'Points de fidélité': ['120'],
      }),
    ).toEqual({
      first_name: 'Prénom, sure',
      last_name: 'Nom, sure',
      email: 'Adresse e-mail, sure',
      phone: 'Téléphone portable, sure',
      street: 'Adresse, sure',
      zip: 'Code postal, sure',
      city: 'Ville, sure',
      country: 'Pays, sure',
      company_name: 'Société, sure',
      job_title: 'Fonction, sure',
      birthday: 'Date de naissance, sure',
    });
  });

  it('go by the contents where headings say nothing, and say how sure that is', async () => {
    const found = await suggestedFor({
      'Column 1': emails,
      'Column 2': ['Marie', 'Paul', 'Anne'],
      'Column 3': ['+1 555 123 4567'],
      'Column 4': ['1', '2'],
    });
    expect(found).toEqual({ email: 'Column 1, sure', first_name: 'Column 2, unsure', phone: 'Column 3, likely' });
  });

  it('are doubted where the cells are something else than the heading says', async () => {
    const [phone] = scoreMatches(await profileOf({ Phone: emails })).filter(({ field }) => field === 'phone');
    expect(phone?.certainty ?? 'none').not.toBe('sure');
    const scores = scoreMatches(await profileOf({ City: ['2024-05-17', '2023-01-02'] }));
    expect(scores.filter(({ field, certainty }) => field === 'city' && certainty === 'sure')).toEqual([]);
  });

  it('take a column of names for full names, not beside first and last names', async () => {
    const names = ['Marie Petit', 'Paul Lefèvre', 'Anne de la Tour'];
    expect(await suggestedFor({ Nom: names, Courriel: emails })).toMatchObject({
      full_name: expect.stringContaining('Nom'),
    });
    const both = await suggestedFor({ Name: names, FirstName: ['Marie'], LastName: ['Petit'], Mail: emails });
    expect(both).not.toHaveProperty('full_name');
  });
});

const share = fc.double({ min: 0, max: 1, noNaN: true });
const profileWith = (heading: string, share: number, field: string): ColumnProfile => ({
  heading,
  rows: 1_000,
  filled: 1_000,
  distinct: 1_000,
  samples: [],
  kind: field === 'email' && share >= 0.6 ? 'email' : 'text',
  fitting: Math.round(share * 1_000),
  looked: 1_000,
  shares: Object.fromEntries(
    [
      'email',
      'phone',
      'zip',
      'country',
      'city',
      'street',
      'first-name',
      'full-name',
      'company',
      'job-title',
      'state',
    ].map((label) => [label, share]),
  ),
  dates: null,
});

test('more cells that look like the field never make its match worse, and every score has its reasons', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...scoredFields),
      fc.constantFrom('Email', 'Prénom', 'Nom', 'Telephone', 'Ville', 'Column 1', 'Name', 'Société'),
      share,
      share,
      (field, heading, a, b) => {
        const [less, more] = a < b ? [a, b] : [b, a];
        const scoreOf = (one: number) => scoreMatch([profileWith(heading, one, field)], 0, field);
        expect(scoreOf(more)?.score ?? 0).toBeGreaterThanOrEqual(scoreOf(less)?.score ?? 0);
        const match = scoreOf(more);
        if (match !== null) expect(match.reasons.length).toBeGreaterThan(0);
      },
    ),
  );
});
