import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Language } from './pages/words.ts';
import { type PracticeAccount, type PracticeOptions, startPracticeAccount } from './practice-account.ts';
import { type Pace, practiceClientId } from './settings.ts';

/** What the app tells the practice account's process. */
export type PracticeCommand =
  | { readonly type: 'start'; readonly stateFile: string; readonly pace: Pace; readonly lang?: Language }
  | { readonly type: 'stop' };

/** What the process answers. After `stopped` it ends. */
export type PracticeReport =
  | { readonly type: 'ready'; readonly apiUrl: string; readonly authUrl: string; readonly pagesUrl: string }
  | { readonly type: 'failed'; readonly message: string }
  | { readonly type: 'stopped' };

/** The port to the app that Electron gives a utility process. */
interface ParentPort {
  on(event: 'message', listener: (message: { data: PracticeCommand }) => void): void;
  postMessage(report: PracticeReport): void;
}

const usage = `Usage: npm run practice -- [--port N] [--state FILE] [--full-speed] [--lang en|fr] [--empty]
Prints one JSON line with the addresses of the account and runs until it is stopped.`;

/** Faults of the practice account itself; the message holds neither addresses nor values. */
function report(error: unknown): void {
  process.stderr.write(
    `practice account: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
}

/** Runs as a child of the app: one account, until the app says stop or goes away. */
function serveApp(port: ParentPort): void {
  let account: Promise<PracticeAccount> | null = null;
  const stop = async () => {
    await (await account?.catch(() => null))?.close();
    // The app may be gone already: then there is nobody to tell.
    if (process.connected !== false) port.postMessage({ type: 'stopped' });
    process.exit(0);
  };
  process.once('SIGTERM', () => void stop());
  process.once('disconnect', () => void stop());
  port.on('message', ({ data }) => {
    if (data.type === 'stop') {
      void stop();
      return;
    }
    const { stateFile, pace, lang } = data;
    account ??= startPracticeAccount({ stateFile, pace, onFailure: report, ...(lang ? { language: lang } : {}) });
    account.then(
      ({ apiUrl, authUrl, pagesUrl }) => port.postMessage({ type: 'ready', apiUrl, authUrl, pagesUrl }),
      (error: unknown) => port.postMessage({ type: 'failed', message: error instanceof Error ? error.message : '' }),
    );
  });
}

/** Runs alone, from the command line. */
async function serveAlone(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '0' },
      state: { type: 'string' },
      'full-speed': { type: 'boolean', default: false },
      lang: { type: 'string' },
      empty: { type: 'boolean', default: false },
      'parent-stdin': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const port = Number(values.port);
  const isPort = Number.isInteger(port) && port >= 0 && port <= 65_535;
  if (values.help || !isPort || !(values.lang === undefined || values.lang === 'en' || values.lang === 'fr')) {
    process.stderr.write(`${usage}\n`);
    process.exit(values.help ? 0 : 64);
  }
  // Without a file of its own the account is gone when the process is.
  const passing = values.state === undefined ? mkdtempSync(path.join(tmpdir(), 'segue-practice-')) : null;
  const options: PracticeOptions = {
    stateFile: values.state ?? path.join(passing ?? '', 'practice.sqlite'),
    port,
    pace: values['full-speed'] ? 'full-speed' : 'real',
    seed: !values.empty,
    onFailure: report,
    ...(values.lang === undefined ? {} : { language: values.lang }),
  };
  const account = await startPracticeAccount(options);
  const { apiUrl, authUrl, pagesUrl } = account;
  process.stdout.write(`${JSON.stringify({ apiUrl, authUrl, pagesUrl, clientId: practiceClientId })}\n`);
  const stop = () => {
    const closed = account.close().then(() => {
      if (passing !== null) rmSync(passing, { recursive: true, force: true });
    });
    closed.then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  process.once('disconnect', stop);
  if (values['parent-stdin']) process.stdin.once('end', stop).resume();
}

const { parentPort } = process as unknown as { parentPort?: ParentPort };
if (parentPort !== undefined && parentPort !== null) serveApp(parentPort);
else {
  serveAlone().catch((error: unknown) => {
    const isUsage = (error as { code?: string } | null)?.code?.startsWith('ERR_PARSE_ARGS') === true;
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${isUsage ? `${usage}\n` : ''}`);
    process.exit(isUsage ? 64 : 1);
  });
}
