import { afterAll, beforeAll, expect, it } from 'vitest';
import { TestAccount } from '../test-support/test-account.ts';

let practice: TestAccount;
beforeAll(async () => {
  practice = await TestAccount.start();
});
afterAll(() => practice.stop());

const press = (body: Record<string, string>) =>
  practice.fetch('/developer', {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(body).toString(),
    redirect: 'manual',
  });
const ticket = async () => /name="ticket" value="([^"]+)"/.exec((await practice.fetch('/developer')).text)?.[1] ?? '';

it('no page leads to it', async () => {
  expect((await practice.fetch('/')).text).not.toContain('/developer');
});

it('brings a fault about at the press of a button, and takes it back', async () => {
  const form = { ticket: await ticket(), trouble: 'down' };
  expect((await press(form)).status).toBe(303);
  expect((await practice.fetch('/developer')).text).toContain('503');
  expect((await practice.api('GET', '/contact_lists')).status).toBe(503);
  await press({ ...form, trouble: '' });
  expect((await practice.api('GET', '/contact_lists')).status).toBe(200);
});

it('every button is taken', async () => {
  const { text } = await practice.fetch('/developer?lang=fr');
  const troubles = [...text.matchAll(/name="trouble" value="([^"]+)"/g)].map(([, trouble]) => trouble ?? '');
  expect(troubles.length).toBeGreaterThan(8);
  for (const trouble of troubles) expect((await press({ ticket: await ticket(), trouble })).status).toBe(303);
});

it('takes nothing from a page that does not know its ticket, nor what is no trouble', async () => {
  expect((await press({ ticket: 'guessed', trouble: 'down' })).status).toBe(400);
  expect((await press({ ticket: await ticket(), trouble: 'constructor' })).status).toBe(400);
});
