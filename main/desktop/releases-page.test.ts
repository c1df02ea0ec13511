import { expect, it } from 'vitest';
import { releasesPage } from './releases-page.ts';

const of = (homepage: unknown) => releasesPage(JSON.stringify({ name: 'segue', homepage }));

it('is below the homepage that a package was made with', () => {
  expect(of('https://code.example/segue/segue')).toBe('https://code.example/segue/segue/releases');
  expect(of('https://code.example/segue/?a=1#top')).toBe('https://code.example/segue/releases');
});

it('is nowhere without a homepage, or with one that nobody vouches for', () => {
  for (const homepage of [
    undefined,
    '',
    7,
    'segue',
    'http://code.example/',
    'file:///etc',
    'https://me:pw@code.example/',
  ]) {
    expect(of(homepage), String(homepage)).toBeNull();
  }
});
