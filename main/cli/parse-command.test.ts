import { describe, expect, it } from 'vitest';
import { parseCommand, UsageError } from './parse-command.ts';

const usage = (argv: string[], clientId?: string) => {
  try {
    parseCommand(argv, clientId);
  } catch (thrown) {
    if (thrown instanceof UsageError) return thrown.key;
    throw thrown;
  }
  return 'understood';
};

describe('parseCommand', () => {
  it('reads inspect', () => {
    expect(parseCommand(['inspect', 'a.csv', '--json', 'b.csv', '--rows', '5'])).toEqual({
      name: 'inspect',
      files: ['a.csv', 'b.csv'],
      json: true,
      rows: 5,
    });
    expect(parseCommand(['inspect', '--rows=all', 'a'])).toMatchObject({ rows: 'all', json: false });
    expect(parseCommand(['inspect', '--', '--odd name.csv'])).toMatchObject({ files: ['--odd name.csv'] });
  });

  it('reads connect, with the environment’s key where none is given', () => {
    expect(parseCommand(['connect', '--name', 'N', '--practice', '--agree'], 'env-key')).toEqual({
      name: 'connect',
      displayName: 'N',
      kind: 'practice',
      apiKey: null,
      keepSignIn: false,
      json: false,
    });
    expect(parseCommand(['connect', '--name', 'N', '--agree', '--keep-sign-in'], 'env-key')).toMatchObject({
      kind: 'constant-contact',
      apiKey: 'env-key',
      keepSignIn: true,
    });
    expect(parseCommand(['connect', '--name', 'N', '--agree', '--api-key', 'k'], 'env-key')).toMatchObject({
      apiKey: 'k',
    });
  });

  it('reads send with columns of any name', () => {
    const argv = ['send', 'a.csv', '--connection', 'C', '--list', 'L', '--email', 'E-mail', '--confirm-permission'];
    expect(parseCommand([...argv, '--map', 'first_name=Prénom', '--map=cf:note=a=b', '--create-list'])).toEqual({
      name: 'send',
      files: ['a.csv'],
      connection: 'C',
      list: 'L',
      createList: true,
      email: 'E-mail',
      map: [
        { field: 'first_name', column: 'Prénom' },
        { field: 'cf:note', column: 'a=b' },
      ],
      dateOrders: [],
      clears: [],
      mode: null,
      accepted: { otherAccount: true },
      json: false,
    });
    expect(parseCommand([...argv, '--mode', 'mirror', '--accept-leavers=12', '--accept-unreadable'])).toMatchObject({
      mode: 'mirror',
      accepted: { leavers: 12, unreadableLines: true, otherAccount: true },
    });
    expect(usage([...argv, '--mode', 'merge'])).toBe('cli.usage.mode');
    expect(parseCommand([...argv, '--date-order', 'birthday=day-first'])).toMatchObject({
      dateOrders: [{ field: 'birthday', order: 'day-first' }],
    });
    expect(parseCommand([...argv, '--clear-blank', 'phone', '--clear-blank=cf:note'])).toMatchObject({
      clears: ['phone', 'cf:note'],
    });
    expect(usage([...argv, '--accept-leavers', 'all'])).toBe('cli.usage.acceptNumber');
  });

  it('reads the others', () => {
    expect(parseCommand(['lists', '--connection', 'C', '--json'])).toEqual({ name: 'lists', connection: 'C' });
    expect(parseCommand(['run', 'My export', '--json'])).toEqual({
      name: 'run',
      exportName: 'My export',
      agreedToMail: false,
      accepted: {},
      json: true,
    });
    expect(parseCommand(['run', 'My export', '--accept-leavers', '3', '--accept-account'])).toMatchObject({
      accepted: { leavers: 3, otherAccount: true },
    });
    expect(parseCommand(['plan', 'My export', '--json'])).toEqual({
      name: 'plan',
      exportName: 'My export',
      json: true,
    });
    expect(usage(['plan'])).toBe('cli.usage.exportName');
    expect(parseCommand(['continue'])).toEqual({ name: 'continue', runId: null, json: false });
    expect(parseCommand(['continue', 'r1', '--json'])).toEqual({ name: 'continue', runId: 'r1', json: true });
    expect(parseCommand(['history'])).toEqual({ name: 'history', json: false });
    for (const help of [['help'], ['--help'], ['-h'], ['send', '--help']]) {
      expect(parseCommand(help)).toEqual({ name: 'help' });
    }
  });

  it('says what is wrong', () => {
    const send = ['send', 'a.csv', '--connection', 'C', '--list', 'L', '--email', 'E', '--confirm-permission'];
    expect(usage([])).toBe('cli.usage.needsCommand');
    expect(usage(['frobnicate'])).toBe('cli.usage.unknownCommand');
    expect(usage(['constructor'])).toBe('cli.usage.unknownCommand');
    expect(usage(['inspect'])).toBe('cli.usage.needsFile');
    expect(usage(['inspect', 'a', '--rows', '-1'])).not.toBe('understood');
    expect(usage(['inspect', 'a', '--rows=many'])).toBe('cli.usage.rows');
    expect(usage(['inspect', 'a', '--rows'])).toBe('cli.usage.needsValue');
    expect(usage(['inspect', 'a', '--json=yes'])).toBe('cli.usage.noValue');
    expect(usage(['inspect', 'a', '--wrong'])).toBe('cli.usage.unknownOption');
    expect(usage(['connect', '--name', 'N', '--agree'])).toBe('cli.usage.practiceOrApiKey');
    expect(usage(['connect', '--name', 'N', '--agree', '--practice', '--api-key', 'k'])).toBe(
      'cli.usage.practiceOrApiKey',
    );
    expect(usage(['connect', '--name', 'N', '--practice'])).toBe('cli.usage.agree');
    expect(usage(['connect', '--practice', '--agree'])).toBe('cli.usage.needsOption');
    for (const name of ['  ', 'x'.repeat(101)]) {
      expect(usage(['connect', '--practice', '--agree', '--name', name])).toBe('cli.usage.name');
    }
    expect(usage(send)).toBe('understood');
    expect(usage(send.filter((part) => part !== '--confirm-permission'))).toBe('cli.usage.confirmPermission');
    expect(usage([...send, '--list', 'M'])).toBe('cli.usage.twice');
    expect(usage([...send, '--map', 'first_name'])).toBe('cli.usage.map');
    expect(usage([...send, '--map', '=Column'])).toBe('cli.usage.map');
    expect(usage([...send, '--map', 'city=A', '--map', 'city=B'])).toBe('cli.usage.mapTwice');
    expect(usage([...send, '--map', 'full_name=A', '--map', 'last_name=B'])).toBe('cli.usage.mapTwice');
    expect(usage([...send, '--date-order', 'birthday=first'])).toBe('cli.usage.dateOrder');
    expect(usage(['lists'])).toBe('cli.usage.needsOption');
    expect(usage(['lists', 'x', '--connection', 'C'])).toBe('cli.usage.unexpected');
    expect(usage(['run'])).toBe('cli.usage.exportName');
    expect(usage(['run', 'a', 'b'])).toBe('cli.usage.unexpected');
    expect(usage(['history', 'x'])).toBe('cli.usage.unexpected');
  });
});
