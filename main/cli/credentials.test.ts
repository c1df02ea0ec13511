import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { credentialsOf } from './credentials.ts';

const nothing = () => Readable.from([]);
const asked = (passwordOnInput: boolean, person: string | null = 'Renée') => ({ person, passwordOnInput });

test('a password comes from the environment, an empty one is none', async () => {
  expect(await credentialsOf(asked(false), { SEGUE_PASSWORD: 'four words at least' }, nothing())).toEqual({
    name: 'Renée',
    password: 'four words at least',
  });
  expect(await credentialsOf(asked(false, null), { SEGUE_PASSWORD: '' }, nothing())).toEqual({
    name: null,
    password: null,
  });
});

test('where it is said to come on standard input, the first line counts, blanks and all, and nothing else is read', async () => {
  const given = async (...pieces: string[]) =>
    (await credentialsOf(asked(true), { SEGUE_PASSWORD: 'another' }, Readable.from(pieces))).password;
  expect(await given(' été ', 'chaud \r\nsecond line\n')).toBe(' été chaud ');
  expect(await given('without an end')).toBe('without an end');
  expect(await given()).toBe('');
  // A letter of several bytes may be cut in two.
  const bytes = Buffer.from('naïveté\n');
  const cut = await credentialsOf(asked(true), {}, Readable.from([bytes.subarray(0, 3), bytes.subarray(3)]));
  expect(cut.password).toBe('naïveté');
  let read = 0;
  const endless = (function* () {
    for (;;) {
      read += 1;
      yield 'x'.repeat(1_000);
    }
  })();
  expect((await credentialsOf(asked(true), {}, Readable.from(endless))).password?.length).toBeGreaterThan(4_000);
  expect(read).toBeLessThan(50);
});
