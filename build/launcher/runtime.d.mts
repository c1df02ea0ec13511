export const standInFolder: string;
export function installedElectron(): string | null;
export function hasDisplay(env?: NodeJS.ProcessEnv): boolean;
export function chooseRuntime(env?: NodeJS.ProcessEnv): {
  kind: 'override' | 'electron' | 'stand-in';
  executable: string;
};
export function runtimeEnv(env?: NodeJS.ProcessEnv): NodeJS.ProcessEnv;
