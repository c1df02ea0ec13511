/** Chromium's numbers for the network errors a window of ours can meet (net/base/net_error_list.h). */
const numbers: Record<string, number> = {
  ERR_FAILED: -2,
  ERR_ABORTED: -3,
  ERR_FILE_NOT_FOUND: -6,
  ERR_TIMED_OUT: -7,
  ERR_UNEXPECTED: -9,
  ERR_ACCESS_DENIED: -10,
  ERR_BLOCKED_BY_CLIENT: -20,
  ERR_BLOCKED_BY_RESPONSE: -27,
  ERR_CONNECTION_CLOSED: -100,
  ERR_CONNECTION_RESET: -101,
  ERR_CONNECTION_REFUSED: -102,
  ERR_CONNECTION_FAILED: -104,
  ERR_NAME_NOT_RESOLVED: -105,
  ERR_INTERNET_DISCONNECTED: -106,
  ERR_ADDRESS_UNREACHABLE: -109,
  ERR_CONNECTION_TIMED_OUT: -118,
  ERR_INVALID_URL: -300,
  ERR_UNKNOWN_URL_SCHEME: -302,
};

/** A failed load as `loadURL` rejects with it: `ERR_FAILED (-2) loading 'app://segue/'`, with code, errno and url. */
export function loadError(code: string, url: string): Error & { code: string; errno: number; url: string } {
  const errno = errorNumber(code);
  return Object.assign(new Error(`${code} (${errno}) loading '${url}'`), { code, errno, url });
}

export function errorNumber(code: string): number {
  return numbers[code] ?? -2;
}
