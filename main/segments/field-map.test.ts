import { describe, expect, it } from 'vitest';
import { suggestFieldMap } from './field-map.ts';
import { meaningOf } from './heading-dictionary.ts';

const row = ['c1d2', 'ann@example.com', 'Ann', 'Smith', '', 'Leeds'];

describe('suggestFieldMap', () => {
  it('matches French headings', () => {
    const columns = ['Identifiant client', 'Adresse e-mail', 'Prénom', 'Nom de famille', 'Téléphone portable', 'Ville'];
    expect(suggestFieldMap(columns, [row])).toEqual({
      emailCandidates: [1],
      fieldMap: [
        { field: 'email', columnIndex: 1 },
        { field: 'first_name', columnIndex: 2 },
        { field: 'last_name', columnIndex: 3 },
        { field: 'phone', columnIndex: 4 },
        { field: 'city', columnIndex: 5 },
      ],
    });
  });

  it.each([
    ['msdynci_firstname', 'first_name'],
    ['CRM_Contacts_EmailAddress', 'email'],
    ['E-Mail', 'email'],
    ['PrimaryEmail', 'email'],
    ['address1_stateorprovince', 'state'],
    ['Code postal', 'zip'],
    ['  Last Name ', 'last_name'],
    ['ZIP/Postal', 'zip'],
    ['(Do Not Modify) Contact', null],
    ['CRM_Contacts_ContactId_Alternate', null],
    ['RewardsPoints', null],
    ['Headshot', null],
    ['', null],
  ])('%s means %s', (heading, meaning) => {
    expect(meaningOf(heading)?.meaning ?? null).toBe(meaning);
  });

  it('asks when two columns hold addresses', () => {
    const suggestion = suggestFieldMap(
      ['EMail', 'SecondaryEmail', 'FirstName'],
      [['a@example.com', 'b@example.com', 'A']],
    );
    expect(suggestion.emailCandidates).toEqual([0, 1]);
    expect(suggestion.fieldMap).toEqual([{ field: 'first_name', columnIndex: 2 }]);
  });

  it('does not ask when the second one is empty', () => {
    expect(suggestFieldMap(['SecondaryEmail', 'EMail'], [['', 'b@example.com']]).emailCandidates).toEqual([1]);
  });

  it('goes by content where headings say nothing', () => {
    const samples = [
      ['x', 'a@example.com'],
      ['y', 'not an address'],
      ['z', 'c@example.com'],
    ];
    expect(suggestFieldMap(['Column 1', 'Column 2'], samples).emailCandidates).toEqual([1]);
    expect(suggestFieldMap(['Email', 'Login'], [['yes', 'a@example.com']]).emailCandidates).toEqual([1]);
  });

  it('finds none where there is none', () => {
    expect(suggestFieldMap(['a', 'b'], [['1', '2']])).toEqual({ fieldMap: [], emailCandidates: [] });
  });
});
