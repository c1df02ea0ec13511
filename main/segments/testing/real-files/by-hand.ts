import { encodeSingleByte } from '../render-table.ts';
import { ansi, lf, lines, longTable, type RealFile } from './real-file.ts';

/** Files that people or small scripts made: short, long, with a total below, or odd in one line far down. What they hold is made up; how they hold it is not. */
export const handMadeFiles: Readonly<Record<string, RealFile>> = {
  'DOS: a control Z at the end': {
    bytes: Buffer.concat([lines('ID;EMAIL;NAME', '1;a@example.com;ANN', '2;b@example.com;BOB'), Buffer.from([0x1a])]),
    expected: {
      delimiter: ';',
      columns: ['ID', 'EMAIL', 'NAME'],
      rows: [
        ['1', 'a@example.com', 'ANN'],
        ['2', 'b@example.com', 'BOB'],
      ],
    },
  },
  'a heading of two lines': {
    bytes: lines(
      '"Customer\nnumber","E-mail\naddress",City',
      '1,a@example.com,Lyon',
      '2,b@example.com,"Aix\nen Provence"',
    ),
    expected: {
      columns: ['Customer\nnumber', 'E-mail\naddress', 'City'],
      rows: [
        ['1', 'a@example.com', 'Lyon'],
        ['2', 'b@example.com', 'Aix\nen Provence'],
      ],
    },
  },
  'blanks behind commas': {
    bytes: lf('id, email, city', '1, a@example.com, Lyon', '2, b@example.com, Aix'),
    expected: {
      columns: ['id', ' email', ' city'],
      rows: [
        ['1', ' a@example.com', ' Lyon'],
        ['2', ' b@example.com', ' Aix'],
      ],
    },
  },
  'addresses alone, one a line': {
    bytes: lines('a@example.com', 'b@example.com', 'c@example.com'),
    expected: {
      delimiter: null,
      headerLine: null,
      columns: ['Column 1'],
      rows: [['a@example.com'], ['b@example.com'], ['c@example.com']],
    },
  },
  'a column of addresses with a heading': {
    bytes: lines('Courriel', 'a@example.com', '', 'b@example.com'),
    expected: { delimiter: null, columns: ['Courriel'], rows: [['a@example.com'], ['b@example.com']] },
  },
  'addresses with a semicolon behind each, and a heading': {
    bytes: lines('Email', 'ann@example.com;', 'bob@example.com;'),
    expected: { headerLine: 1, columns: ['Email'], rows: [['ann@example.com'], ['bob@example.com']] },
  },
  'a total below two columns': {
    bytes: lf('Email,Amount', 'ann@example.com,1', 'total@example.com,2', 'sum@example.com,3', 'Grand Total,6'),
    expected: {
      columns: ['Email', 'Amount'],
      rows: [
        ['ann@example.com', '1'],
        ['total@example.com', '2'],
        ['sum@example.com', '3'],
      ],
    },
  },
  'people called Total, without an address, at the end': {
    bytes: lf('Company,Last name,Email', 'Contoso,Lee,ann@example.com', 'Total,Martin,', 'Total,Petit,none yet'),
    expected: {
      columns: ['Company', 'Last name', 'Email'],
      rows: [
        ['Contoso', 'Lee', 'ann@example.com'],
        ['Total', 'Martin', ''],
        ['Total', 'Petit', 'none yet'],
      ],
    },
  },
  'a zero byte in a short file': {
    bytes: lf('Email,Name', 'ann@example.com,A\0nn', 'bob@example.com,Bob'),
    expected: { columns: ['Email', 'Name'], rows: [['bob@example.com', 'Bob']], unreadable: [2] },
  },
  'Mac Roman with the line ends of today': {
    bytes: encodeSingleByte('Email;Nom\na@example.fr;Élodie\nb@example.fr;Noël\n', 'macintosh'),
    expected: {
      encoding: 'macintosh',
      columns: ['Email', 'Nom'],
      rows: [
        ['a@example.fr', 'Élodie'],
        ['b@example.fr', 'Noël'],
      ],
    },
  },
  'short and long rows': {
    bytes: lf(
      'id,email,city',
      '1,a@example.com',
      '2,b@example.com,Lyon',
      '3',
      '4,d@example.com,Aix,surplus',
      '5,e@example.com,Nice,',
    ),
    expected: {
      columns: ['id', 'email', 'city'],
      rows: [
        ['1', 'a@example.com', null],
        ['2', 'b@example.com', 'Lyon'],
        ['3', null, null],
        ['5', 'e@example.com', 'Nice'],
      ],
      unreadable: [5],
    },
  },
  'the first quote in line 10,001': {
    bytes: longTable({ 9999: '9999,p9999@example.com,"Lee, ""Ann"""' }),
    expected: { columns: ['id', 'email', 'name'], rowCount: 12_000 },
  },
  'the first accent in line 10,001': {
    bytes: ansi(longTable({ 9999: '9999,p9999@example.com,Zoë Müller' })),
    expected: { encoding: 'windows-1252', columns: ['id', 'email', 'name'], rowCount: 12_000 },
  },
  'the first surplus cell in line 10,001': {
    bytes: longTable({ 9999: '9999,p9999@example.com,Lee, Ann' }),
    expected: { columns: ['id', 'email', 'name'], rowCount: 11_999, unreadable: [10_001] },
  },
  'NDJSON with other keys in every line': {
    bytes: lf('{"email":"a@example.com","tags":["x","y"]}', '', '{"id":12345678901234567890,"email":"b@example.com"}'),
    expected: {
      format: 'ndjson',
      delimiter: null,
      headerLine: null,
      columns: ['email', 'tags', 'id'],
      rows: [
        ['a@example.com', '["x","y"]', ''],
        ['b@example.com', '', '12345678901234567890'],
      ],
    },
  },
};
