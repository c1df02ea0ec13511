export function fetchElectron(
  node: string,
  options?: { cacheFolder?: string; stallLimitMs?: number; env?: NodeJS.ProcessEnv },
): Promise<string | null>;
