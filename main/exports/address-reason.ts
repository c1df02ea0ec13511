import { asciiEmailPattern, emailMaxLength, internationalEmailPattern } from './email-rule.ts';
import { sqlText } from './sql-text.ts';

/** Whether an address is refused, as the `reason` column says it. */
export const addressReason = { none: 0, blank: 1, malformed: 2, tooLong: 3 } as const;

/** SQL of {@link addressReason} for a trimmed address in small letters. */
export function reasonSql(email: string): string {
  const tooLong = (length: string) => `CASE WHEN ${length}(${email}) > ${emailMaxLength} THEN 3 ELSE 0 END`;
  return `CASE
      WHEN regexp_full_match(${email}, ${sqlText(asciiEmailPattern)}) THEN ${tooLong('strlen')}
      WHEN ${email} = '' THEN 1
      WHEN NOT regexp_full_match(${email}, '[ -~]*') AND regexp_full_match(${email}, ${sqlText(internationalEmailPattern)})
        THEN ${tooLong('length')}
      ELSE 2 END::UTINYINT`;
}
