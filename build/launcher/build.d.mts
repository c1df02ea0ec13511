export function alone<T>(what: string, work: () => T): T;
export function ensureBuilt(node: string): void;
export function buildApp(node: string): boolean;
