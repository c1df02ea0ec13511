import { expect, it } from 'vitest';
import { describe } from './note-failure.ts';

it('tells kind and places of an error, never its words', () => {
  const error = Object.assign(new TypeError('row of ada@example.com'), {
    stack:
      'TypeError: row of ada@example.com\n    at at secret (1:1)\n    at f (app://segue/assets/index-1a2b.js:1:234)\n' +
      '    at app://segue/assets/vendor.js:5:6\nnot a frame x.js:1:1',
  });
  expect(describe(error)).toEqual({ name: 'TypeError', places: ['index-1a2b.js:1:234', 'vendor.js:5:6'] });
  expect(describe('ada@example.com')).toEqual({ name: 'string', places: [] });
  expect(describe(Object.assign(new Error('x'), { name: 'ada@example.com', stack: undefined })).name).toBe('Error');
  const deep = Object.assign(new Error('x'), { stack: '    at f (a.js:1:2)\n'.repeat(50) });
  expect(describe(deep).places).toHaveLength(8);
});
