import http from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import tls from 'node:tls';
import { request } from 'undici';
import { afterEach, expect, test } from 'vitest';
import { directDispatcher, proxyFromResolved } from './dispatchers.ts';
import { networkFailure } from './network-failure.ts';
import { startRemote } from './test-support/remote.ts';
import { selfSigned } from './test-support/self-signed.ts';

const open: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

test.each([
  ['DIRECT', null],
  ['', null],
  ['PROXY proxy.example:8080', 'http://proxy.example:8080'],
  ['HTTPS proxy.example:443; DIRECT', 'https://proxy.example:443'],
  ['SOCKS5 [::1]:1080', 'socks5://[::1]:1080'],
  ['SOCKS old.example:1080; PROXY b:1', 'http://b:1'],
  ['DIRECT; PROXY b:1', null],
  ['PROXY', null],
])('%j means %j', (answer, proxy) => {
  expect(proxyFromResolved(answer)).toBe(proxy);
});

test('straight, and through a proxy', async () => {
  const remote = await startRemote(() => ({ status: 200, json: {} }));
  const asked: string[] = [];
  const proxy = http.createServer((incoming, response) => {
    asked.push(incoming.url ?? '');
    response.end('{}');
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  open.push(remote.close, () => new Promise((resolve) => proxy.close(resolve)));

  for (const address of [null, `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`]) {
    const dispatcher = directDispatcher(address);
    const answer = await request(`${remote.apiUrl}/things`, { dispatcher });
    expect(answer.statusCode).toBe(200);
    await answer.body.dump();
    await dispatcher.close();
  }
  expect(remote.seen).toHaveLength(1);
  expect(asked).toEqual([`${remote.apiUrl}/things`]);
});

test('a certificate that nobody vouches for is named as such, and nothing was sent', async () => {
  let requests = 0;
  const server = https.createServer(selfSigned, (_request, response) => {
    requests += 1;
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const dispatcher = directDispatcher(null);
  open.push(
    () => dispatcher.close(),
    () => new Promise((resolve) => server.close(resolve)),
  );
  const url = `https://localhost:${(server.address() as AddressInfo).port}/`;
  const thrown = await request(url, { dispatcher, method: 'POST', body: '{}' }).catch((error: unknown) => error);
  const failure = networkFailure(thrown);
  expect(failure.error.code).toBe('network.untrusted');
  expect(failure.mayHaveArrived).toBe(false);
  expect(requests).toBe(0);
});

test('this Node knows the authorities of the system', () => {
  expect(tls.getCACertificates('default').length).toBeGreaterThan(50);
});
