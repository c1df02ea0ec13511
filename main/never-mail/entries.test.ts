import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readEntries } from './entries.ts';

const address = (text: string) => ({ kind: 'address', text });
const domain = (text: string) => ({ kind: 'domain', text });

test('addresses and domains, however they were copied', () => {
  expect(readEntries('')).toEqual({ entries: [], leftOut: 0 });
  const pasted = 'Email\r\nAda@Example.com\r\n"bo@example.com";"cy@example.com"\r\n@Example.net\nexample.org.';
  expect(readEntries(pasted)).toEqual({
    entries: [
      address('ada@example.com'),
      address('bo@example.com'),
      address('cy@example.com'),
      domain('example.net'),
      domain('example.org'),
    ],
    leftOut: 1,
  });
  const mail = 'Ada <ada@example.com>, mailto:BO@example.com ada@example.com';
  expect(readEntries(mail)).toEqual({ entries: [address('ada@example.com'), address('bo@example.com')], leftOut: 1 });
  expect(readEntries('émile@exemple.fr x@y @ a@b@c.example')).toEqual({ entries: [], leftOut: 4 });
  expect(readEntries('di@exämple.de')).toEqual({ entries: [address('di@exämple.de')], leftOut: 0 });
});

test('whatever is pasted, what is read is short, small letters, once, and never invents an address', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
      const { entries } = readEntries(text);
      const seen = entries.map(({ kind, text: entry }) => `${kind} ${entry}`);
      expect(new Set(seen).size).toBe(seen.length);
      for (const { text: entry } of entries) {
        expect(entry).toBe(entry.toLowerCase());
        expect(text.toLowerCase()).toContain(entry);
      }
    }),
  );
});
