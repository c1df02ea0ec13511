import tls from 'node:tls';
import { Agent, buildConnector, type Dispatcher, Pool, ProxyAgent, Socks5ProxyAgent } from 'undici';

const connectTimeoutMs = 15_000;

/**
 * Connections to Constant Contact, straight or through a proxy (`http://host:port`, `https://…`, `socks5://…`; null for none). They
 * trust what the operating system trusts besides Node's own authorities, because company networks often inspect secure
 * connections with a certificate of their own. HTTP/1.1: one paced request at a time gains nothing from more. The caller closes it.
 */
export function directDispatcher(proxy: string | null): Dispatcher {
  if (proxy === null) return new Agent({ connect: connectTrustingSystem() });
  const secureContext = trustedContext();
  const requestTls = { timeout: connectTimeoutMs, allowH2: false, ...(secureContext ? { secureContext } : {}) };
  if (proxy.startsWith('socks')) return new Socks5ProxyAgent(proxy, { requestTls });
  return new ProxyAgent({ uri: proxy, requestTls, proxyTls: requestTls, allowH2: false, clientFactory: tunnelPool });
}

/** A proxy that opens no tunnel is told from an answer that was lost: undici gives both the same code. */
function tunnelPool(origin: URL, options: object): Dispatcher {
  const pool = new Pool(origin, options);
  const open = pool.connect.bind(pool) as (wanted: Dispatcher.ConnectOptions) => Promise<Dispatcher.ConnectData>;
  const connect = async (wanted: Dispatcher.ConnectOptions): Promise<Dispatcher.ConnectData> => {
    const answer = await open(wanted);
    if (answer.statusCode === 200) return answer;
    answer.socket.on('error', () => undefined).destroy();
    throw Object.assign(new Error('The proxy refused the tunnel'), { code: 'PROXY_REFUSED' });
  };
  return Object.assign(pool, { connect });
}

/**
 * The proxy that the system names for an address, out of Chromium's answer to `session.resolveProxy`:
 * `PROXY host:port; SOCKS5 host:port; DIRECT`. The first one that can be used counts; null means none.
 */
export function proxyFromResolved(answer: string): string | null {
  for (const entry of answer.split(';')) {
    const [kind = '', host = ''] = entry.trim().split(/\s+/);
    const scheme = schemes[kind.toUpperCase()];
    if (scheme === null) return null;
    if (scheme && URL.canParse(`${scheme}://${host}`)) return `${scheme}://${host}`;
  }
  return null;
}

const schemes: Readonly<Record<string, string | null>> = {
  DIRECT: null,
  PROXY: 'http',
  HTTP: 'http',
  HTTPS: 'https',
  SOCKS5: 'socks5',
};

function connectTrustingSystem(): buildConnector.connector {
  const plain = buildConnector({ timeout: connectTimeoutMs, allowH2: false });
  let secure: buildConnector.connector | null = null;
  return (options, callback) => {
    if (options.protocol !== 'https:') return plain(options, callback);
    if (!secure) {
      const secureContext = trustedContext();
      secure = buildConnector({
        timeout: connectTimeoutMs,
        allowH2: false,
        ...(secureContext ? { secureContext } : {}),
      });
    }
    return secure(options, callback);
  };
}

let cachedContext: tls.SecureContext | null = null;

/** Made once per thread: reading several hundred certificates takes a moment. Null where the system's cannot be had. */
function trustedContext(): tls.SecureContext | null {
  try {
    cachedContext ??= tls.createSecureContext({
      minVersion: 'TLSv1.2',
      ca: [...new Set([...tls.getCACertificates('default'), ...tls.getCACertificates('system')])],
    });
    return cachedContext;
  } catch {
    return null;
  }
}
