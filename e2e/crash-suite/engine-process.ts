import path from 'node:path';
import { carryOut } from '../../main/cli/carry-out.ts';
import { parseCommand } from '../../main/cli/parse-command.ts';
import { processIo } from '../../main/cli/process-io.ts';
import { createApplication } from '../../main/compose.ts';
import { openKeychain, plainPorts } from '../../main/test-support/plain-ports.ts';
import { createWords } from '../../main/words.ts';
import { aimVariable } from './points/crash-points.ts';

// The command line without a desktop around it: the same services, threads, database and words, from their sources.
// Arguments: the profile's folder, the keychain's key in hexadecimal digits, and the command.

const [userData = '', key = '', ...argv] = process.argv.slice(2);
const ports = plainPorts({ userData, secrets: openKeychain(Buffer.from(key, 'hex')), env: process.env });
const threads = process.env[aimVariable]
  ? { ...ports.threads, runs: path.join(import.meta.dirname, 'points', 'run-thread.ts') }
  : ports.threads;
const surprise = (error: unknown) =>
  void process.stderr.write(`surprise: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
const application = await createApplication({ ...ports, threads }, surprise);
const io = processIo({ folder: process.cwd(), words: createWords('en'), signal: new AbortController().signal });
const code = await carryOut(application, parseCommand(argv), io, surprise);
await application.stop(5_000);
process.exitCode = code;
