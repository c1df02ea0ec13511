export const projectRoot: string;
export function npmCli(): string;
export function ensureNode(): string;
