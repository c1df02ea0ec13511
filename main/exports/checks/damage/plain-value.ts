/** Whether a field's cells are words and numbers as people wrote them: all but the address, whose checks are its own. */
export const isPlainValue = (field: string): boolean => field !== 'email';

/** Words of printable ASCII with one blank between them, without `#`, and without `+` but in front. */
const plain = '[+]?[!-"$-*,-~]*( [!-"$-*,-~]+)*';

/** SQL that is false for plain words, and true for everything that may be damaged beyond them. */
export const isMoreThanPlain = (raw: string): string => `NOT regexp_full_match(${raw}, '${plain}')`;

/** The glance of checks that look for something that plain words never hold. */
export const glanceAtUnplain = (raw: string): readonly string[] => [isMoreThanPlain(raw)];
