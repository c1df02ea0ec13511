/** The person's languages by the system's settings (LANGUAGE, LC_ALL, LC_MESSAGES, LANG), as BCP 47 tags. */
export function systemLocales(env: NodeJS.ProcessEnv = process.env): string[] {
  const named = [...(env.LANGUAGE ?? '').split(':'), env.LC_ALL, env.LC_MESSAGES, env.LANG];
  const tags: string[] = [];
  for (const name of named) {
    const tag = (name ?? '').replace(/[.@].*$/, '').replaceAll('_', '-');
    if (tag === '' || tag === 'C' || tag === 'POSIX') continue;
    try {
      const [canonical] = Intl.getCanonicalLocales(tag);
      if (canonical !== undefined && !tags.includes(canonical)) tags.push(canonical);
    } catch {
      // Not a language tag; the system's other settings still count.
    }
  }
  return tags.length === 0 ? ['en-US'] : tags;
}
