import { bom, lf, lines, type RealFile } from './real-file.ts';

/** What comes out of databases and their tools. What they hold is made up; how they hold it is not. */
export const databaseFiles: Readonly<Record<string, RealFile>> = {
  'SQL Server: results with NULL, no heading': {
    bytes: bom(
      lines('17,a@example.com,NULL,2026-01-31 00:00:00.000', '18,b@example.com,Ann,NULL', '19,NULL,NULL,NULL'),
    ),
    expected: {
      headerLine: null,
      columns: ['Column 1', 'Column 2', 'Column 3', 'Column 4'],
      rows: [
        ['17', 'a@example.com', 'NULL', '2026-01-31 00:00:00.000'],
        ['18', 'b@example.com', 'Ann', 'NULL'],
        ['19', 'NULL', 'NULL', 'NULL'],
      ],
    },
  },
  'sqlcmd: dashes below the headings, a count at the end': {
    bytes: lines(
      'Id,Email,Name',
      '--,-----,----',
      '1,a@example.com,Ann',
      '2,b@example.com,NULL',
      '',
      '(2 rows affected)',
    ),
    expected: {
      columns: ['Id', 'Email', 'Name'],
      rows: [
        ['1', 'a@example.com', 'Ann'],
        ['2', 'b@example.com', 'NULL'],
      ],
    },
  },
  'MySQL: outfile with backslashes and no heading': {
    bytes: lf(
      '1\ta@example.com\tAnn Lee\t\\N',
      '2\tb@example.com\t\\N\t2026-01-01',
      '3\tc@example.com\t\\\\share\t\\N',
    ),
    expected: {
      delimiter: '\t',
      headerLine: null,
      columns: ['Column 1', 'Column 2', 'Column 3', 'Column 4'],
      rows: [
        ['1', 'a@example.com', 'Ann Lee', '\\N'],
        ['2', 'b@example.com', '\\N', '2026-01-01'],
        ['3', 'c@example.com', '\\\\share', '\\N'],
      ],
    },
  },
  'phpMyAdmin: semicolons, quotes, bare NULL': {
    bytes: lf('"id";"email";"nom"', '"1";"a@example.fr";"L\'Été"', '"2";"b@example.fr";NULL'),
    expected: {
      delimiter: ';',
      columns: ['id', 'email', 'nom'],
      rows: [
        ['1', 'a@example.fr', "L'Été"],
        ['2', 'b@example.fr', 'NULL'],
      ],
    },
  },
};
