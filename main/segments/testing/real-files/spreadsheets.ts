import { bom, lf, lines, mac, type RealFile, utf16 } from './real-file.ts';

/** Files of spreadsheets, old and new. What they hold is made up; how they hold it is not. */
export const spreadsheetFiles: Readonly<Record<string, RealFile>> = {
  'Google Sheets: TSV with bare quotes': {
    bytes: lf(
      'Name\tEmail\tNote',
      'Ida\tida@example.com\t5" pipe',
      'Ole\tole@example.no\t"quoted" word',
      'Per\tper@example.no\t',
    ),
    expected: {
      delimiter: '\t',
      columns: ['Name', 'Email', 'Note'],
      rows: [
        ['Ida', 'ida@example.com', '5" pipe'],
        ['Ole', 'ole@example.no', '"quoted" word'],
        ['Per', 'per@example.no', ''],
      ],
    },
  },
  'Numbers: table name above the table': {
    bytes: lf(
      'Tableau 1',
      'Prénom;Nom;E-mail;Total',
      'Zoé;Été;zoe@example.fr;1 234,50 €',
      'Luc;;luc@example.fr;0,00 €',
    ),
    expected: {
      delimiter: ';',
      headerLine: 2,
      columns: ['Prénom', 'Nom', 'E-mail', 'Total'],
      rows: [
        ['Zoé', 'Été', 'zoe@example.fr', '1 234,50 €'],
        ['Luc', '', 'luc@example.fr', '0,00 €'],
      ],
    },
  },
  'Excel, French: CSV UTF-8 with decimal commas': {
    bytes: bom(
      lines(
        'Identifiant;Adresse e-mail;Montant;Taux;Date',
        '1;a@example.fr;1234,50;0,2;23/11/2026',
        '2;b@example.fr;-0,99;1E-05;01/02/2026',
        ';;;;',
        ';;;;',
      ),
    ),
    expected: {
      delimiter: ';',
      columns: ['Identifiant', 'Adresse e-mail', 'Montant', 'Taux', 'Date'],
      rows: [
        ['1', 'a@example.fr', '1234,50', '0,2', '23/11/2026'],
        ['2', 'b@example.fr', '-0,99', '1E-05', '01/02/2026'],
      ],
    },
  },
  'Excel: Unicode text': {
    bytes: utf16(
      lines('Nom\tCourriel\tVille', 'Éric\teric@example.ca\t"Trois-Rivières ""QC"""', '李\tli@example.cn\t北京'),
    ),
    expected: {
      encoding: 'utf-16le',
      delimiter: '\t',
      columns: ['Nom', 'Courriel', 'Ville'],
      rows: [
        ['Éric', 'eric@example.ca', 'Trois-Rivières "QC"'],
        ['李', 'li@example.cn', '北京'],
      ],
    },
  },
  'Excel for Mac: CSV of old, CR only': {
    bytes: mac(lines('Prénom;Nom;Adresse électronique', 'Élise;Lefèvre;elise@example.fr', 'Noël;;noel@example.fr')),
    expected: {
      encoding: 'macintosh',
      delimiter: ';',
      columns: ['Prénom', 'Nom', 'Adresse électronique'],
      rows: [
        ['Élise', 'Lefèvre', 'elise@example.fr'],
        ['Noël', '', 'noel@example.fr'],
      ],
    },
  },
  'Excel: numbers kept as text by formulas': {
    bytes: lines('Id,Email,Zip', '="001",a@example.com,="02134"', '="002",b@example.com,="00501"'),
    expected: {
      columns: ['Id', 'Email', 'Zip'],
      rows: [
        ['="001"', 'a@example.com', '="02134"'],
        ['="002"', 'b@example.com', '="00501"'],
      ],
    },
  },
};
