import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countdown, duration, fileSize, matchesSearch, relativeTime, share } from './format.ts';
import { effectiveLocale } from './messages.ts';

const now = Date.UTC(2026, 10, 23, 12);
const plain = (text: string): string => text.replace(/[\u00a0\u202f]/g, ' ');

describe('times and sizes as people read them', () => {
  it('say how long ago something was, in either language', () => {
    expect(relativeTime(now, now, 'en')).toBe('now');
    expect(relativeTime(now - 3 * 60_000, now, 'en')).toBe('3 minutes ago');
    expect(relativeTime(now - 3 * 60_000, now, 'fr')).toBe('il y a 3 minutes');
    expect(relativeTime(now - 86_400_000, now, 'en')).toBe('yesterday');
    expect(relativeTime(now - 60 * 86_400_000, now, 'en')).toContain('2026');
  });

  it('never speak of the future, even when the clock was set back', () => {
    expect(relativeTime(now + 5_000_000, now, 'en')).toBe('now');
  });

  it('count down to zero and no further', () => {
    expect(countdown(245_000)).toBe('4:05');
    expect(countdown(1)).toBe('0:01');
    expect(countdown(-1)).toBe('0:00');
  });

  it('give a duration in its two largest units', () => {
    expect(plain(duration(31_200, 'en'))).toBe('31 sec');
    expect(plain(duration(125_000, 'en'))).toBe('2 min 5 sec');
    expect(plain(duration(3_600_000, 'en'))).toBe('1 hr');
    expect(plain(duration(0, 'en'))).toBe('1 sec');
    expect(plain(duration(125_000, 'fr'))).toBe('2 min 5 s');
  });

  it('give sizes in the units of file managers', () => {
    expect(plain(fileSize(131_004_221, 'en'))).toBe('131 MB');
    expect(plain(fileSize(1_204_511, 'en'))).toBe('1.2 MB');
    expect(plain(fileSize(131_004_221, 'fr'))).toBe('131 Mo');
    expect(plain(fileSize(12, 'en'))).toBe('12 bytes');
  });

  it('keep shares between 0 and 1', () => {
    expect(share(1, 0)).toBe(0);
    fc.assert(
      fc.property(fc.integer(), fc.integer(), (part, whole) => {
        const value = share(part, whole);
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe('searching', () => {
  it('looks past case and accents', () => {
    expect(matchesSearch('Événements Québec', 'evenements')).toBe(true);
    expect(matchesSearch('Newsletter', ' LETTER ')).toBe(true);
    expect(matchesSearch('Newsletter', 'paper')).toBe(false);
  });
});

describe('the locale of the window', () => {
  it('is the system’s where it speaks the same language, else the language’s own', () => {
    expect(effectiveLocale('fr', 'fr-CA')).toBe('fr-CA');
    expect(effectiveLocale('fr', 'en-GB')).toBe('fr');
    expect(effectiveLocale('en', 'C')).toBe('en');
    expect(effectiveLocale('en', '')).toBe('en');
  });
});
