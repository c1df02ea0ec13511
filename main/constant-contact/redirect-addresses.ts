/** The ports that sign-in may listen on, in the order tried. They are registered with the API key, so they are fixed. */
export const redirectPorts: readonly number[] = [53682, 53683, 53684];

/**
 * The redirect address for one port, exactly as it must be registered with the API key: Constant Contact compares the
 * whole string (`constant-contact-v3.md` 2.3).
 */
export function redirectAddress(port: number): string {
  return `http://localhost:${port}/callback`;
}

/** The three redirect addresses that the wizard shows with copy buttons. */
export const redirectAddresses: readonly string[] = redirectPorts.map(redirectAddress);
