import type { Readable, Writable } from 'node:stream';
import type { Protocol } from '../../node_modules/playwright-core/types/protocol.d.ts';

export type { Protocol };

type Commands = Protocol.CommandParameters;
type Answers = Protocol.CommandReturnValues;
type Command = keyof Commands & keyof Answers;
type EventName = keyof Protocol.EventMap;
type Listener = (params: never) => void;

interface Pending {
  resolve(result: never): void;
  reject(error: Error): void;
  readonly method: string;
}

interface Message {
  id?: number;
  method?: string;
  params?: unknown;
  result?: unknown;
  error?: { message: string; code: number };
  sessionId?: string;
}

/** Chromium's answer to a DevTools command that failed; `code` is the protocol's number. */
export class DevToolsError extends Error {
  override readonly name = 'DevToolsError';
  readonly code: number;

  constructor(message: string, code: number) {
    super(message);
    this.code = code;
  }
}

/** One attached target (or the browser itself): commands go to it, its events come back. */
export class DevToolsSession {
  readonly id: string;
  private readonly connection: DevToolsConnection;
  private readonly listeners = new Map<string, Set<Listener>>();

  constructor(connection: DevToolsConnection, id: string) {
    this.connection = connection;
    this.id = id;
  }

  /** Sends a command and resolves with its answer; rejects with DevToolsError, also when the browser has gone. */
  send<C extends Command>(
    method: C,
    ...args: Record<never, never> extends Commands[C] ? [Commands[C]?] : [Commands[C]]
  ) {
    return this.connection.send(this.id, method, args[0] ?? {}) as Promise<Answers[C]>;
  }

  on<E extends EventName>(event: E, listener: (params: Protocol.EventMap[E][0]) => void): () => void {
    const set = this.listeners.get(event) ?? new Set();
    this.listeners.set(event, set.add(listener as Listener));
    return () => set.delete(listener as Listener);
  }

  /** Hands an event that arrived for this session to its listeners. */
  deliver(event: string, params: unknown): void {
    for (const listener of [...(this.listeners.get(event) ?? [])]) listener(params as never);
  }
}

/** The DevTools protocol over the two pipes of `--remote-debugging-pipe`: JSON messages, each ended by a zero byte. */
export class DevToolsConnection {
  readonly browser: DevToolsSession;
  private readonly output: Writable;
  private readonly sessions = new Map<string, DevToolsSession>();
  private readonly pending = new Map<number, Pending>();
  private lastId = 0;
  private unread: Buffer[] = [];
  private closed = false;

  constructor(input: Readable, output: Writable, onClosed: () => void) {
    this.output = output;
    this.browser = this.session('');
    input.on('data', (chunk: Buffer) => this.read(chunk));
    const close = () => {
      if (this.closed) return;
      this.closed = true;
      for (const { reject, method } of this.pending.values())
        reject(new DevToolsError(`${method}: Chromium has gone`, 0));
      this.pending.clear();
      onClosed();
    };
    input.on('close', close);
    input.on('error', close);
    output.on('error', close);
  }

  /** The session with this id, made on first use. */
  session(id: string): DevToolsSession {
    const known = this.sessions.get(id);
    if (known !== undefined) return known;
    const session = new DevToolsSession(this, id);
    this.sessions.set(id, session);
    return session;
  }

  forget(session: DevToolsSession): void {
    this.sessions.delete(session.id);
  }

  send(sessionId: string, method: string, params: unknown): Promise<unknown> {
    if (this.closed) return Promise.reject(new DevToolsError(`${method}: Chromium has gone`, 0));
    this.lastId += 1;
    const id = this.lastId;
    const message = sessionId === '' ? { id, method, params } : { id, method, params, sessionId };
    return new Promise((resolve, reject) => {
      this.pending.set(id, { resolve: resolve as Pending['resolve'], reject, method });
      this.output.write(`${JSON.stringify(message)}\0`);
    });
  }

  private read(chunk: Buffer): void {
    let rest = chunk;
    for (let end = rest.indexOf(0); end >= 0; end = rest.indexOf(0)) {
      this.unread.push(rest.subarray(0, end));
      const text = Buffer.concat(this.unread).toString('utf8');
      this.unread = [];
      rest = rest.subarray(end + 1);
      this.dispatch(JSON.parse(text) as Message);
    }
    if (rest.length > 0) this.unread.push(rest);
  }

  private dispatch(message: Message): void {
    if (message.id !== undefined) {
      const waiting = this.pending.get(message.id);
      this.pending.delete(message.id);
      if (waiting === undefined) return;
      if (message.error === undefined) waiting.resolve(message.result as never);
      else waiting.reject(new DevToolsError(`${waiting.method}: ${message.error.message}`, message.error.code));
      return;
    }
    if (message.method !== undefined)
      this.sessions.get(message.sessionId ?? '')?.deliver(message.method, message.params);
  }
}
