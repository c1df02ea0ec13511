import { type ChildProcessWithoutNullStreams, fork, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, it } from 'vitest';
import type { PracticeReport } from './practice-process.ts';

const entry = fileURLToPath(new URL('practice-process.ts', import.meta.url));
const folder = mkdtempSync(path.join(tmpdir(), 'practice-process-'));
const children: Started[] = [];

interface Started {
  readonly child: ChildProcessWithoutNullStreams;
  readonly ended: Promise<{ code: number | null; out: string; err: string }>;
  readonly ready: Promise<Record<string, string>>;
}

function start(args: readonly string[]): Started {
  const child = spawn(process.execPath, [entry, ...args], { stdio: ['pipe', 'pipe', 'pipe'] });
  const [out, err]: [string[], string[]] = [[], []];
  child.stdout.on('data', (data: Buffer) => out.push(String(data)));
  child.stderr.on('data', (data: Buffer) => err.push(String(data)));
  const ended = new Promise<{ code: number | null; out: string; err: string }>((resolve) => {
    child.on('close', (code) => resolve({ code, out: out.join(''), err: err.join('') }));
  });
  const ready = new Promise<Record<string, string>>((resolve) => {
    child.stdout.once('data', () => resolve(JSON.parse(out.join('')) as Record<string, string>));
  });
  const started = { child, ended, ready };
  children.push(started);
  return started;
}

afterEach(async () => {
  for (const { child, ended } of children.splice(0)) {
    child.kill();
    await ended;
  }
  rmSync(folder, { recursive: true, force: true });
});

it('prints one line with its addresses and ends with its parent', async () => {
  const stateFile = path.join(folder, 'account.sqlite');
  const { child, ended, ready } = start(['--port', '0', '--state', stateFile, '--full-speed', '--parent-stdin']);
  const { apiUrl = '', authUrl, pagesUrl } = await ready;
  const origin = new URL(apiUrl).origin;
  expect(apiUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/v3$/);
  expect([authUrl, pagesUrl]).toEqual([`${origin}/oauth2/default/v1`, `${origin}/`]);
  expect((await fetch(`${apiUrl}/contact_lists`)).status).toBe(401);
  child.stdin.end();
  const { code, out } = await ended;
  expect(code).toBe(0);
  expect(out.trim().split('\n')).toHaveLength(1);
  expect(existsSync(stateFile)).toBe(true);
});

it('as a child of the app starts when told, answers with its addresses, and stops when told', async () => {
  // What Electron gives a utility process, over Node's own channel.
  const port = `process.parentPort = {
    on: (event, listener) => process.on(event, (data) => listener({ data })),
    postMessage: (report) => process.send(report),
  };`;
  const child = fork(entry, [], { execArgv: ['--import', `data:text/javascript,${encodeURIComponent(port)}`] });
  const reports: PracticeReport[] = [];
  const heard = (type: string) =>
    new Promise<void>((resolve) => {
      child.on('message', (report: PracticeReport) => {
        reports.push(report);
        if (report.type === type) resolve();
      });
    });
  const ended = new Promise<number | null>((resolve) => child.on('exit', resolve));
  const ready = heard('ready');
  child.send({ type: 'start', stateFile: path.join(folder, 'app', 'practice.sqlite'), pace: 'real', lang: 'fr' });
  await ready;
  const [report] = reports;
  const pages = report?.type === 'ready' ? report.pagesUrl : '';
  expect(await (await fetch(pages)).text()).toContain('<html lang="fr">');
  child.send({ type: 'stop' });
  expect(await ended).toBe(0);
  expect(reports.at(-1)).toEqual({ type: 'stopped' });
});

it.each([[['--port', 'x']], [['--lang', 'de']], [['--nothing']]])('%j is a usage error', async (args) => {
  const { code, out, err } = await start(args).ended;
  expect([code, out]).toEqual([64, '']);
  expect(err).toContain('Usage: npm run practice');
});
