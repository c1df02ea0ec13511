import { once } from 'node:events';
import { MessageChannel } from 'node:worker_threads';
import { afterEach, expect, test } from 'vitest';
import { SegueError } from '../errors/segue-error.ts';
import { createPortRpc, type Handlers } from './port-rpc.ts';

const channels: MessageChannel[] = [];
afterEach(() => {
  for (const { port1 } of channels.splice(0)) port1.close();
});

/** Two linked sides; `surprises` are what the answering side did not expect. */
function linked<Theirs extends Handlers>(theirs: Theirs) {
  const channel = new MessageChannel();
  channels.push(channel);
  const surprises: unknown[] = [];
  const caller = createPortRpc<Theirs>(channel.port1, {}, () => undefined);
  const answerer = createPortRpc<Handlers>(channel.port2, theirs, (error) => void surprises.push(error));
  return { caller, answerer, surprises };
}

test('values cross, many at a time, each to its own caller', async () => {
  const { caller } = linked({
    later: async ({ n }: { n: number }) => {
      for (let turn = 0; turn < 10 - n; turn++) await Promise.resolve();
      return { twice: n * 2, at: new Date(n) };
    },
  });
  const answers = await Promise.all([1, 2, 3, 9].map((n) => caller.call('later', { n })));
  expect(answers).toEqual([1, 2, 3, 9].map((n) => ({ twice: n * 2, at: new Date(n) })));
});

test('an error crosses as its code and parameters; a surprise keeps its stack on its own side', async () => {
  const { caller, surprises } = linked({
    refuse: () => {
      throw new SegueError('list.not-found', { list: 'Autumn' });
    },
    break: () => {
      throw new TypeError('secret detail');
    },
  });
  const refused = await caller.call('refuse', {} as never).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(SegueError);
  expect(refused).toMatchObject({ code: 'list.not-found', params: { list: 'Autumn' } });
  expect(surprises).toEqual([]);
  const broken = await caller.call('break', {} as never).catch((error: unknown) => error);
  expect(broken).toMatchObject({ code: 'unexpected', params: {} });
  expect(JSON.stringify(broken)).not.toContain('secret');
  expect(surprises).toEqual([expect.any(TypeError)]);
});

test('a call that nobody answers to, and an answer that cannot cross, are errors and no silence', async () => {
  const { caller, surprises } = linked({ gives: () => () => 'a function' } as Handlers);
  await expect(caller.call('gives', {} as never)).rejects.toMatchObject({ code: 'unexpected' });
  await expect(caller.call('missing', {} as never)).rejects.toMatchObject({ code: 'unexpected' });
  expect(surprises).toHaveLength(2);
  await expect(caller.call('gives', { of: () => 'a function' } as never)).rejects.toThrow('could not be cloned');
});

test('an abort reaches the other side, and the call ends when that has stopped', async () => {
  const begun = Promise.withResolvers<void>();
  const { caller } = linked({
    wait: async (_input: object, signal: AbortSignal) => {
      begun.resolve();
      await once(signal, 'abort');
      signal.throwIfAborted();
    },
  });
  const controller = new AbortController();
  const call = caller.call('wait', {}, controller.signal);
  await begun.promise;
  controller.abort();
  await expect(call).rejects.toMatchObject({ code: 'cancelled' });
  await expect(caller.call('wait', {}, controller.signal)).rejects.toMatchObject({ code: 'cancelled' });
});

test('closing ends what waits on this side and what runs on the other', async () => {
  const begun = Promise.withResolvers<AbortSignal>();
  const { caller, answerer } = linked({
    wait: (_input: object, signal: AbortSignal) => {
      begun.resolve(signal);
      return new Promise<void>(() => undefined);
    },
  });
  const call = caller.call('wait', {});
  const signal = await begun.promise;
  answerer.close();
  expect(signal.aborted).toBe(true);
  caller.close();
  await expect(call).rejects.toMatchObject({ code: 'run.worker-stopped' });
  await expect(caller.call('wait', {})).rejects.toMatchObject({ code: 'run.worker-stopped' });
});

test('a side that ends its calls stops them, answers none, and takes no more', async () => {
  const begun = Promise.withResolvers<void>();
  let stopped = false;
  const { caller, answerer } = linked({
    work: async (_input: object, signal: AbortSignal) => {
      begun.resolve();
      await once(signal, 'abort');
      stopped = true;
      return 'an answer';
    },
  });
  const first = caller.call('work', {});
  await begun.promise;
  await answerer.endCalls();
  expect(stopped).toBe(true);
  const second = caller.call('work', {});
  caller.close();
  await expect(first).rejects.toMatchObject({ code: 'run.worker-stopped' });
  await expect(second).rejects.toMatchObject({ code: 'run.worker-stopped' });
});
