import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as it went over the wire. */
export interface RecordedRequest {
  readonly method: string;
  readonly path: string;
  readonly body: string;
}

async function bodyOf(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** Stands before an account on this computer, hands every request on and keeps what was sent. */
export async function recordingRelay(target: string): Promise<{
  /** To be used in place of `target`. */
  readonly url: string;
  readonly requests: readonly RecordedRequest[];
  close(): Promise<void>;
}> {
  const { origin, pathname } = new URL(target);
  const requests: RecordedRequest[] = [];
  const server = createServer(async (incoming, outgoing) => {
    const body = await bodyOf(incoming);
    const { method = 'GET', url: path = '/' } = incoming;
    requests.push({ method, path, body: body.toString('utf8') });
    const { host: _, connection: __, 'content-length': ___, 'transfer-encoding': ____, ...headers } = incoming.headers;
    const answer = await fetch(`${origin}${path}`, {
      method,
      headers: headers as Record<string, string>,
      ...(method === 'GET' || body.length === 0 ? {} : { body: new Uint8Array(body) }),
    });
    const {
      'content-encoding': _e,
      'transfer-encoding': _t,
      connection: _c,
      ...passed
    } = Object.fromEntries(answer.headers);
    outgoing.writeHead(answer.status, passed).end(Buffer.from(await answer.arrayBuffer()));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}${pathname}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
