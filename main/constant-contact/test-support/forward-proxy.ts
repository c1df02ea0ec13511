import http from 'node:http';
import https from 'node:https';
import net, { type AddressInfo } from 'node:net';
import { provingCertificate } from './self-signed.ts';

/** A company's proxy on loopback, in front of a secure server that hands everything on to `origin`. */
export interface ForwardProxy {
  /** `http://127.0.0.1:PORT` */
  readonly address: string;
  /** The authorities that tunnels were asked for, in order. */
  readonly tunnels: string[];
  close(): Promise<void>;
}

/**
 * Starts both. Every tunnel, whatever host it is asked for, ends at the secure server, whose certificate is
 * {@link provingCertificate}. `refuse` answers tunnels with 407, as a proxy does that wants a password.
 */
export async function startForwardProxy(origin: string, options: { refuse?: boolean } = {}): Promise<ForwardProxy> {
  const secure = https.createServer(provingCertificate, (incoming, outgoing) => {
    const { host: _, ...headers } = incoming.headers;
    const onward = http.request(
      new URL(incoming.url ?? '/', origin),
      { method: incoming.method, headers },
      (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      },
    );
    onward.on('error', () => outgoing.destroy());
    incoming.pipe(onward);
  });
  await listening(secure);
  const tunnels: string[] = [];
  const sockets = new Set<net.Socket>();
  const proxy = http.createServer((_request, response) => response.writeHead(400).end());
  proxy.on('connect', (request: http.IncomingMessage, client: net.Socket) => {
    tunnels.push(request.url ?? '');
    if (options.refuse) return void client.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
    const server = net.connect((secure.address() as AddressInfo).port, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      client.pipe(server).pipe(client);
    });
    for (const socket of [client, server]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
    }
  });
  await listening(proxy);
  return {
    address: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    tunnels,
    async close() {
      for (const socket of sockets) socket.destroy();
      for (const server of [proxy, secure]) {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      }
    },
  };
}

function listening(server: net.Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', () => resolve());
  });
}
