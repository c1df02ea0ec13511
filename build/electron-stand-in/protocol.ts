import { fromChromium, registeredSchemes, toChromium } from './app-scheme.ts';
import type { Protocol } from './devtools-connection.ts';
import { lifecycle } from './lifecycle.ts';
import { missing, strict } from './strict.ts';

type Handler = (request: Request) => Response | Promise<Response>;

const handlers = new Map<string, Handler>();
let registered = false;

/** Chromium's form of an answer, or why there is none (a net error's name). */
export type SchemeAnswer = Omit<Protocol.Fetch.fulfillRequestParameters, 'requestId'> | { readonly failure: string };

/** Asks the app's handler for a request of one of its own schemes. */
export async function answerScheme(url: string, request: Protocol.Network.Request): Promise<SchemeAnswer> {
  try {
    const response = await callHandler(
      new Request(url, {
        method: request.method,
        headers: mapHeaders(request.headers),
        ...(request.postData === undefined ? {} : { body: request.postData }),
      }),
    );
    if (response === null) return { failure: 'ERR_UNKNOWN_URL_SCHEME' };
    const headers = [...response.headers].map(([name, value]) => ({
      name,
      value: name === 'location' ? toChromium(new URL(value, url).href) : value,
    }));
    return {
      responseCode: response.status,
      responseHeaders: headers,
      body: Buffer.from(await response.arrayBuffer()).toString('base64'),
    };
  } catch (error) {
    console.error(error);
    return { failure: 'ERR_UNEXPECTED' };
  }
}

/** The handler's Response for a request; null when the scheme has no handler. Throws when it does not give a Response. */
export async function callHandler(request: Request): Promise<Response | null> {
  const handler = handlers.get(new URL(request.url).protocol.slice(0, -1));
  if (handler === undefined) return null;
  const response: unknown = await handler(request);
  if (typeof response !== 'object' || response === null || !('headers' in response && 'arrayBuffer' in response)) {
    throw new TypeError('protocol.handle: the handler did not return a Response');
  }
  return response as Response;
}

function mapHeaders(headers: Record<string, string>): Record<string, string> {
  const names = new Set(['referer', 'origin']);
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, names.has(name.toLowerCase()) ? fromChromium(value) : value]),
  );
}

export const protocol = strict('protocol', {
  registerSchemesAsPrivileged(schemes: Electron.CustomScheme[]): void {
    if (lifecycle.isReady) throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready');
    if (registered)
      throw new Error('protocol.registerSchemesAsPrivileged may be called once only: later calls replace it');
    registered = true;
    for (const { scheme, privileges = {} } of schemes) {
      if (privileges.standard !== true || privileges.secure !== true) {
        throw missing(
          `protocol.registerSchemesAsPrivileged for a scheme that is not standard and secure ('${scheme}')`,
        );
      }
      registeredSchemes.set(scheme.toLowerCase(), privileges);
    }
  },
  handle(scheme: string, handler: Handler): void {
    if (!lifecycle.isReady) throw new Error('protocol module can only be used after app is ready');
    if (!registeredSchemes.has(scheme)) throw missing(`protocol.handle for the unregistered scheme '${scheme}'`);
    if (handlers.has(scheme)) throw new Error(`Failed to register protocol: ${scheme}`);
    handlers.set(scheme, handler);
  },
  unhandle(scheme: string): void {
    if (!handlers.delete(scheme)) throw new Error(`Failed to unhandle protocol: ${scheme}`);
  },
  isProtocolHandled: (scheme: string): boolean => handlers.has(scheme),
}) satisfies Partial<Electron.Protocol>;
