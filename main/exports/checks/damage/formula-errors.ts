import { sqlIsOneOf } from '../../sql-text.ts';
import type { CellCheck } from '../cell-check.ts';
import { isMoreThanPlain, isPlainValue } from './plain-value.ts';

/** What spreadsheets write in place of a result, by the language they speak; those that two share stand once. */
const errors = [
  // English, with Google's and LibreOffice's own
  '#N/A #REF! #VALUE! #NAME? #DIV/0! #NUM! #NULL! #SPILL! #CALC! #FIELD! #BLOCKED! #CONNECT! #BUSY! #UNKNOWN! #PYTHON!',
  '#GETTING_DATA #ERROR! #N/A! #EXTERNAL!',
  // French
  '#N/D #VALEUR! #NOM? #NOMBRE! #NUL! #PROPAGATION! #EPARS! #ÉPARS! #CHAMP! #BLOQUÉ! #CONNEXION! #OCCUPÉ! #INCONNU!',
  // German, Spanish, Italian, Portuguese, Dutch
  '#NV #BEZUG! #WERT! #ZAHL! #ÜBERLAUF! #KALK! #FELD!',
  '#¡REF! #¡VALOR! #¿NOMBRE? #¡NUM! #¡NULO! #¡DIV/0! #¡DESBORDAMIENTO! #¡CALC!',
  '#RIF! #VALORE! #NOME? #NULLO! #VALOR! #NÚM! #NULO! #DESPEJAR!',
  '#N/B #VERW! #WAARDE! #NAAM? #GETAL! #LEEG! #DEEL/0!',
]
  .join(' ')
  .split(' ');

const longest = 24;

/** SQL of the cell as errors are written. */
const asWritten = (cell: string) => `upper(trim(${cell}))`;

/**
 * A formula's error in place of its result, or the `####` of a column too narrow for its number. The repair makes the cell a
 * blank one.
 */
export const formulaErrors: CellCheck = {
  kind: 'formula-error',
  effect: 'warning',
  repair: 'safe',
  concerns: isPlainValue,
  glance: (raw) => [isMoreThanPlain(raw), `starts_with(${raw}, 'Err:')`],
  recognise: ({ cell }) => `CASE
    WHEN strlen(${cell}) > ${longest} THEN false
    WHEN contains(${cell}, '#') THEN ${sqlIsOneOf(asWritten(cell), errors)}
      OR regexp_full_match(${cell}, '\\s*#{3,}\\s*')
    WHEN starts_with(${cell}, 'Err:') THEN regexp_full_match(${cell}, 'Err:[0-9]{3}\\s*')
    ELSE false END`,
  mend: () => `''`,
};
