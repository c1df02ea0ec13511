import { parseArgs } from 'node:util';
import { filledTwice } from '../../preload/contract/contact-fields.ts';
import { exportModes } from '../../preload/contract/export-modes.ts';
import type { AcceptedGuards, DateOrder, ExportMode } from '../../preload/contract/views.ts';
import { dateOrders } from '../segments/dates/read-dates.ts';
import type { MessageKey, MessageValues } from '../words.ts';

/** One command, with everything that was said on the command line and nothing looked up yet. */
export type Command =
  | { readonly name: 'help' }
  | { readonly name: 'inspect'; files: string[]; json: boolean; rows: number | 'all' | null }
  | {
      readonly name: 'connect';
      displayName: string;
      kind: 'practice' | 'constant-contact';
      apiKey: string | null;
      keepSignIn: boolean;
      json: boolean;
    }
  | { readonly name: 'lists'; connection: string }
  | {
      readonly name: 'send';
      files: string[];
      connection: string;
      list: string;
      createList: boolean;
      email: string;
      map: { field: string; column: string }[];
      /** What comes first in the dates that fill a field, where the file does not tell. */
      dateOrders: { field: string; order: DateOrder }[];
      /** Fields that a blank cell clears. */
      clears: string[];
      /** Null: as the export was saved. */
      mode: ExportMode | null;
      accepted: AcceptedGuards;
      json: boolean;
    }
  | { readonly name: 'plan'; exportName: string; json: boolean }
  | { readonly name: 'run'; exportName: string; agreedToMail: boolean; accepted: AcceptedGuards; json: boolean }
  | { readonly name: 'continue'; runId: string | null; json: boolean }
  | { readonly name: 'history'; json: boolean };

export type CommandName = Command['name'];

/** What is wrong with a command line, as words of the catalogue. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  readonly key: MessageKey;
  readonly values: MessageValues;

  constructor(key: MessageKey, values: MessageValues = {}) {
    super(key);
    this.key = key;
    this.values = values;
  }
}

type OptionKind = 'flag' | 'text' | 'texts';

/** Answers to what guards ask (main/runs/planning/guards.ts). */
const acceptOptions = { 'accept-leavers': 'text', 'accept-clearings': 'text', 'accept-unreadable': 'flag' } as const;

const known: Readonly<Record<CommandName, Readonly<Record<string, OptionKind>>>> = {
  help: {},
  inspect: { json: 'flag', rows: 'text' },
  connect: {
    name: 'text',
    practice: 'flag',
    'api-key': 'text',
    agree: 'flag',
    'keep-sign-in': 'flag',
    json: 'flag',
  },
  lists: { connection: 'text', json: 'flag' },
  send: {
    connection: 'text',
    list: 'text',
    'create-list': 'flag',
    email: 'text',
    map: 'texts',
    'date-order': 'texts',
    'clear-blank': 'texts',
    'confirm-permission': 'flag',
    mode: 'text',
    ...acceptOptions,
    json: 'flag',
  },
  plan: { json: 'flag' },
  run: { 'confirm-permission': 'flag', ...acceptOptions, 'accept-account': 'flag', json: 'flag' },
  continue: { json: 'flag' },
  history: { json: 'flag' },
};

/**
 * Reads the arguments after `--cli`. `clientId` is the environment's `SEGUE_CLIENT_ID`, which serves as the API key
 * too. Throws {@link UsageError}.
 */
export function parseCommand(argv: readonly string[], clientId?: string): Command {
  const [name, ...rest] = argv;
  if (name === undefined) throw new UsageError('cli.usage.needsCommand');
  if (name === '--help' || name === '-h' || rest.includes('--help')) return { name: 'help' };
  if (!isCommandName(name)) throw new UsageError('cli.usage.unknownCommand', { command: name });
  const given = readOptions(name, rest);
  switch (name) {
    case 'help':
      return { name };
    case 'inspect':
      return { name, files: given.files(), json: given.flag('json'), rows: rowsOf(given.text('rows')) };
    case 'connect':
      return connectOf(given, clientId);
    case 'lists':
      given.positionals(0);
      return { name, connection: given.required('connection') };
    case 'send':
      if (!given.flag('confirm-permission')) throw new UsageError('cli.usage.confirmPermission');
      return {
        name,
        files: given.files(),
        connection: given.required('connection'),
        list: given.required('list'),
        createList: given.flag('create-list'),
        email: given.required('email'),
        map: filledOnce(given.texts('map').map(pairOf)),
        dateOrders: given.texts('date-order').map(dateOrderOf),
        clears: given.texts('clear-blank'),
        mode: modeOf(given.text('mode')),
        // Who names a connection means its account.
        accepted: { ...acceptedOf(given), otherAccount: true },
        json: given.flag('json'),
      };
    case 'plan':
      return { name, exportName: exportNameOf(given, name), json: given.flag('json') };
    case 'run':
      return {
        name,
        exportName: exportNameOf(given, name),
        agreedToMail: given.flag('confirm-permission'),
        accepted: { ...acceptedOf(given), ...(given.flag('accept-account') ? { otherAccount: true } : {}) },
        json: given.flag('json'),
      };
    case 'continue':
      return { name, runId: given.positionals(1)[0] ?? null, json: given.flag('json') };
    case 'history':
      given.positionals(0);
      return { name, json: given.flag('json') };
  }
}

function isCommandName(name: string): name is CommandName {
  return Object.hasOwn(known, name);
}

/** Told before anybody signs in for nothing (preload/contract/calls/connections.ts). */
const longestName = 100;

function connectOf(given: Given, clientId: string | undefined): Command {
  given.positionals(0);
  const practice = given.flag('practice');
  const apiKey = given.text('api-key') ?? (practice ? null : clientId || null);
  if (practice === (apiKey !== null)) throw new UsageError('cli.usage.practiceOrApiKey');
  const displayName = given.required('name').trim();
  if (displayName === '' || displayName.length > longestName)
    throw new UsageError('cli.usage.name', { most: longestName });
  if (!given.flag('agree')) throw new UsageError('cli.usage.agree');
  return {
    name: 'connect',
    displayName,
    kind: practice ? 'practice' : 'constant-contact',
    apiKey,
    keepSignIn: given.flag('keep-sign-in'),
    json: given.flag('json'),
  };
}

function exportNameOf(given: Given, command: 'plan' | 'run'): string {
  const [exportName] = given.positionals(1);
  if (exportName === undefined) throw new UsageError('cli.usage.exportName', { command });
  return exportName;
}

function modeOf(text: string | null): ExportMode | null {
  if (text === null) return null;
  const mode = exportModes.find((known) => known === text);
  if (mode === undefined) throw new UsageError('cli.usage.mode', { value: text, modes: exportModes.join(', ') });
  return mode;
}

function acceptedOf(given: Given): AcceptedGuards {
  const peopleOf = (option: 'accept-leavers' | 'accept-clearings'): number | null => {
    const value = given.text(option);
    if (value !== null && !/^\d{1,9}$/.test(value)) throw new UsageError('cli.usage.acceptNumber', { option, value });
    return value === null ? null : Number(value);
  };
  const [leavers, clearings] = [peopleOf('accept-leavers'), peopleOf('accept-clearings')];
  return {
    ...(leavers === null ? {} : { leavers }),
    ...(clearings === null ? {} : { clearings }),
    ...(given.flag('accept-unreadable') ? { unreadableLines: true } : {}),
  };
}

function rowsOf(text: string | null): number | 'all' | null {
  if (text === null || text === 'all') return text;
  if (!/^\d{1,9}$/.test(text)) throw new UsageError('cli.usage.rows', { value: text });
  return Number(text);
}

function dateOrderOf(text: string): { field: string; order: DateOrder } {
  const at = text.indexOf('=');
  const order = dateOrders.find((known) => known === text.slice(at + 1));
  if (at < 1 || order === undefined) throw new UsageError('cli.usage.dateOrder', { value: text });
  return { field: text.slice(0, at), order };
}

function pairOf(text: string): { field: string; column: string } {
  const at = text.indexOf('=');
  if (at < 1 || at === text.length - 1) throw new UsageError('cli.usage.map', { value: text });
  return { field: text.slice(0, at), column: text.slice(at + 1) };
}

/** Columns of which each fills something else. Throws {@link UsageError}. */
export function filledOnce<Match extends { readonly field: string }>(map: Match[]): Match[] {
  const field = filledTwice(map.map((match) => match.field));
  if (field !== undefined) throw new UsageError('cli.usage.mapTwice', { field });
  return map;
}

/** What was given to one command, already held against what that command knows. */
interface Given {
  flag(option: string): boolean;
  text(option: string): string | null;
  texts(option: string): string[];
  required(option: string): string;
  positionals(most: number): string[];
  files(): string[];
}

function readOptions(name: CommandName, argv: readonly string[]): Given {
  const kinds = known[name];
  const { tokens } = parseArgs({
    args: [...argv],
    options: Object.fromEntries(
      Object.entries(kinds).map(
        ([option, kind]) => [option, { type: kind === 'flag' ? 'boolean' : 'string' }] as const,
      ),
    ),
    strict: false,
    tokens: true,
  });
  const texts = new Map<string, string[]>();
  const flags = new Set<string>();
  const loose: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') loose.push(token.value);
    if (token.kind !== 'option') continue;
    const kind = kinds[token.name];
    if (kind === undefined) throw new UsageError('cli.usage.unknownOption', { option: token.rawName });
    if (kind === 'flag') {
      if (token.value !== undefined) throw new UsageError('cli.usage.noValue', { option: token.rawName });
      flags.add(token.name);
      continue;
    }
    if (token.value === undefined || token.value === '') {
      throw new UsageError('cli.usage.needsValue', { option: token.rawName });
    }
    const earlier = texts.get(token.name) ?? [];
    if (kind === 'text' && earlier.length > 0) throw new UsageError('cli.usage.twice', { option: token.rawName });
    texts.set(token.name, [...earlier, token.value]);
  }
  const text = (option: string) => texts.get(option)?.[0] ?? null;
  return {
    flag: (option) => flags.has(option),
    text,
    texts: (option) => texts.get(option) ?? [],
    required(option) {
      const value = text(option);
      if (value === null) throw new UsageError('cli.usage.needsOption', { command: name, option: `--${option}` });
      return value;
    },
    positionals(most) {
      const extra = loose[most];
      if (extra !== undefined) throw new UsageError('cli.usage.unexpected', { value: extra });
      return loose;
    },
    files() {
      if (loose.length === 0) throw new UsageError('cli.usage.needsFile', { command: name });
      return loose;
    },
  };
}
