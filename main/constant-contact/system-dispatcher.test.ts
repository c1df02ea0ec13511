import tls from 'node:tls';
import { type Dispatcher, request } from 'undici';
import { afterEach, expect, test } from 'vitest';
import { networkFailure } from './network-failure.ts';
import { systemDispatcher } from './system-dispatcher.ts';
import { startForwardProxy } from './test-support/forward-proxy.ts';
import { startRemote } from './test-support/remote.ts';
import { provingCertificate, provingHost } from './test-support/self-signed.ts';

tls.setDefaultCACertificates([...tls.getCACertificates('default'), provingCertificate.cert]);

const open: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

async function stage(options: { refuse?: boolean } = {}) {
  const remote = await startRemote(() => ({ status: 200, json: { hello: 1 } }));
  const proxy = await startForwardProxy(new URL(remote.apiUrl).origin, options);
  open.push(remote.close, proxy.close);
  return { remote, proxy };
}

function opened(resolveProxy: (url: string) => Promise<string | null>, now?: () => number): Dispatcher {
  const dispatcher = systemDispatcher(resolveProxy, now);
  open.push(() => dispatcher.destroy());
  return dispatcher;
}

async function bodyOf(url: string, dispatcher: Dispatcher): Promise<unknown> {
  return (await request(url, { dispatcher })).body.json();
}

test('a secure address is reached through the proxy that the system names', async () => {
  const { remote, proxy } = await stage();
  const asked: string[] = [];
  const dispatcher = opened(async (url) => {
    asked.push(url);
    return proxy.address;
  });
  expect(await bodyOf(`https://${provingHost}/v3/things`, dispatcher)).toEqual({ hello: 1 });
  expect(proxy.tunnels).toEqual([`${provingHost}:443`]);
  expect(remote.seen).toHaveLength(1);
  // Neither path nor query is the proxy's business, nor the system's.
  expect(asked).toEqual([`https://${provingHost}/`]);
});

test('this computer is never reached through a proxy, and the system is not asked', async () => {
  const { remote, proxy } = await stage();
  const dispatcher = opened(() => Promise.reject(new Error('Asked about loopback')));
  expect(await bodyOf(`${remote.apiUrl}/things`, dispatcher)).toEqual({ hello: 1 });
  expect(proxy.tunnels).toEqual([]);
});

test('the system is asked anew after half a minute: networks change', async () => {
  const { proxy } = await stage();
  const other = await stage();
  let time = 0;
  let answer = proxy.address;
  const dispatcher = opened(
    async () => answer,
    () => time,
  );
  const url = `https://${provingHost}/v3/things`;
  await bodyOf(url, dispatcher);
  answer = other.proxy.address;
  time = 29_000;
  await bodyOf(url, dispatcher);
  expect(other.proxy.tunnels).toEqual([]);
  time = 31_000;
  await bodyOf(url, dispatcher);
  expect(other.proxy.tunnels).toHaveLength(1);
});

test('a proxy that refuses is no answer of the other side: nothing was sent', async () => {
  const { remote, proxy } = await stage({ refuse: true });
  const dispatcher = opened(async () => proxy.address);
  const thrown = await request(`https://${provingHost}/v3/things`, { dispatcher, method: 'POST', body: '{}' }).catch(
    (error: unknown) => error,
  );
  expect(networkFailure(thrown)).toMatchObject({ error: { code: 'network.offline' }, mayHaveArrived: false });
  expect(remote.seen).toEqual([]);
});

test('without an answer of the system the connection is straight', async () => {
  const dispatcher = opened(() => Promise.reject(new Error('No proxy service')));
  const thrown = await request('https://segue.invalid/', { dispatcher }).catch((error: unknown) => error);
  expect(networkFailure(thrown)).toMatchObject({ error: { code: 'network.offline' }, mayHaveArrived: false });
});
