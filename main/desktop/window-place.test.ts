import { describe, expect, it } from 'vitest';
import { createWindowPlace } from './window-place.ts';

function unsavedPlace() {
  const asked: string[] = [];
  const place = createWindowPlace(() => asked.push('asked'));
  place.keep({ unsaved: true, place: '{"view":"export"}' });
  return { place, asked };
}

describe('createWindowPlace', () => {
  it('lets a window go that has nothing unsaved, without a question', async () => {
    const asked: string[] = [];
    const place = createWindowPlace(() => asked.push('asked'));
    expect(await place.askToLeave()).toBe(true);
    expect(asked).toEqual([]);
  });

  it('gives everybody who asks meanwhile the same answer', async () => {
    const { place } = unsavedPlace();
    const answers = Promise.all([place.askToLeave(), place.askToLeave()]);
    place.answer(false);
    expect(await answers).toEqual([false, false]);
    expect(place.isUnsaved()).toBe(true);
  });

  it('asks no more once the person has let it go', async () => {
    const { place } = unsavedPlace();
    const answer = place.askToLeave();
    place.answer(true);
    expect(await answer).toBe(true);
    expect(place.isUnsaved()).toBe(false);
  });

  it('hands the place to the page after a crash, which stays, and tells of the crash once', async () => {
    const { place } = unsavedPlace();
    const answer = place.askToLeave();
    place.pageCrashed();
    expect(place.take()).toEqual({ place: '{"view":"export"}', crashed: true });
    expect(await answer).toBe(false);
    expect(place.take().crashed).toBe(false);
  });

  it('forgets with the window', async () => {
    const { place } = unsavedPlace();
    const answer = place.askToLeave();
    place.forget();
    expect(await answer).toBe(true);
    expect(place.take()).toEqual({ place: null, crashed: false });
  });
});
