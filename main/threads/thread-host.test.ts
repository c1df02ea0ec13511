import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { createThreadHost } from './thread-host.ts';

type Calls = {
  add(input: { a: number; b: number }): Promise<number>;
  die(input: Record<string, never>): Promise<void>;
  hang(input: Record<string, never>): Promise<void>;
  shutDown(input: Record<string, never>): Promise<void>;
};

const rpc = path.join(import.meta.dirname, 'port-rpc.ts');
const entry = path.join(mkdtempSync(path.join(tmpdir(), 'segue-thread-')), 'entry.mjs');
writeFileSync(
  entry,
  `import { parentPort, workerData } from 'node:worker_threads';
   import { createPortRpc } from ${JSON.stringify(rpc)};
   const rpc = createPortRpc(parentPort, {
     add: ({ a, b }) => a + b + workerData.more,
     die: () => { setImmediate(() => { throw new Error('the thread dies'); }); return new Promise(() => {}); },
     hang: () => { for (;;); },
     shutDown: () => { setImmediate(() => { rpc.close(); parentPort.close(); }); },
   }, () => {});`,
);

function hostOf() {
  const surprises: unknown[] = [];
  let died = 0;
  const host = createThreadHost<Calls>({
    entry,
    data: { more: 100 },
    handlers: {},
    gone: 'segment.reader-stopped',
    onSurprise: (error) => void surprises.push(error),
    died: () => {
      died += 1;
    },
  });
  return { host, surprises, died: () => died };
}

test('a thread that dies fails what waits for it, is told of, and is replaced', async () => {
  const { host, surprises, died } = hostOf();
  expect(await host.rpc().call('add', { a: 1, b: 2 })).toBe(103);
  const lost = host.rpc().call('die', {});
  await expect(lost).rejects.toMatchObject({ code: 'segment.reader-stopped' });
  expect(surprises).toEqual([expect.objectContaining({ message: 'the thread dies' })]);
  expect(died()).toBe(1);
  expect(await host.rpc().call('add', { a: 2, b: 3 })).toBe(105);
  await host.stop(5_000);
  expect(died()).toBe(1);
});

test('stopped, it starts no other', async () => {
  const { host } = hostOf();
  await host.rpc().call('add', { a: 1, b: 2 });
  await host.stop(5_000);
  expect(() => host.rpc()).toThrow('segment.reader-stopped');
  const never = hostOf();
  await never.host.stop(5_000);
  expect(() => never.host.rpc()).toThrow('segment.reader-stopped');
});

test('a thread that does not end in time is ended by force', async () => {
  const { host } = hostOf();
  await host.rpc().call('add', { a: 1, b: 2 });
  const hanging = host.rpc().call('hang', {});
  await Promise.all([expect(hanging).rejects.toMatchObject({ code: 'segment.reader-stopped' }), host.stop(50)]);
});
