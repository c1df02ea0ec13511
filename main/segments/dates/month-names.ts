/** What months are called in English, French, German and Spanish, short and long, without accents; January first. */
export const monthNames: readonly (readonly string[])[] = [
  ['jan', 'january', 'janv', 'janvier', 'januar', 'janner', 'ene', 'enero'],
  ['feb', 'february', 'fev', 'fevr', 'fevrier', 'februar', 'febrero'],
  ['mar', 'march', 'mars', 'marz', 'mrz', 'marzo'],
  ['apr', 'april', 'avr', 'avril', 'abr', 'abril'],
  ['may', 'mai', 'mayo'],
  ['jun', 'june', 'juin', 'juni', 'junio'],
  ['jul', 'july', 'juil', 'juillet', 'juli', 'julio'],
  ['aug', 'august', 'aout', 'ago', 'agosto'],
  ['sep', 'sept', 'september', 'septembre', 'septiembre', 'setiembre'],
  ['oct', 'october', 'octobre', 'okt', 'oktober', 'octubre'],
  ['nov', 'november', 'novembre', 'noviembre'],
  ['dec', 'december', 'decembre', 'dez', 'dezember', 'dic', 'diciembre'],
];

/** Beginnings of the days of the week in the same languages. */
export const weekdayBeginnings =
  'mon|tue|wed|thu|fri|sat|sun|lun|mar|mer|jeu|ven|sam|dim|mo|di|mi|do|fr|sa|so|mie|jue|vie|sab|dom';
