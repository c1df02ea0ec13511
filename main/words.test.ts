import { describe, expect, it } from 'vitest';
import { createWords, languageOf, usableLocale } from './words.ts';

describe('languageOf', () => {
  it('takes the first tag that Segue speaks', () => {
    expect(languageOf(['de-DE', 'fr-CA', 'en'])).toBe('fr');
    expect(languageOf([undefined, '', 'C', 'en_US.UTF-8'])).toBe('en');
    expect(languageOf(['C.UTF-8', 'POSIX', 'frp'])).toBeNull();
  });
});

describe('usableLocale', () => {
  it('falls back where the system’s tag means nothing to Intl', () => {
    expect(usableLocale('fr-CH', 'fr')).toBe('fr-CH');
    for (const odd of ['', 'C', 'en_US.UTF-8', 'x']) expect(usableLocale(odd, 'fr')).toBe('fr');
  });
});

describe('createWords', () => {
  it('speaks both languages and fills placeholders', () => {
    expect(createWords('en').say('cli.usage.unknownCommand', { command: 'x' })).toBe('“x” is not a command.');
    expect(createWords('fr').say('cli.usage.unknownCommand', { command: 'x' })).toBe(
      '«\u00a0x\u00a0» n’est pas une commande.',
    );
  });

  it('writes numbers as the person does, whatever the language of the words', () => {
    expect(createWords('en', 'de-DE').number(1_234_567)).toBe('1.234.567');
    expect(createWords('fr', 'fr-FR').number(1_234_567)).toBe('1\u202f234\u202f567');
  });

  it('explains an error, with nothing where there is no advice', () => {
    const explained = createWords('en').explain({ code: 'sign-in.denied', params: {} });
    expect(explained.title).not.toBe('');
    expect(explained.title).not.toMatch(/^error\./);
  });
});
