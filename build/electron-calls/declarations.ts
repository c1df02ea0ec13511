import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseSync, Visitor } from 'vite';

/** What electron.d.ts declares: for each class or interface its members, and its events, with their lines. */
export interface Declarations {
  /** Line of `Interface.member`, the first where it is overloaded. */
  readonly members: ReadonlyMap<string, number>;
  /** Lines of an event's name, for each interface that has it. */
  readonly events: ReadonlyMap<string, readonly { readonly owner: string; readonly line: number }[]>;
}

/** Reads Electron's own declarations, of the version that is installed. */
export function readDeclarations(projectRoot: string): Declarations {
  const source = readFileSync(path.join(projectRoot, 'node_modules', 'electron', 'electron.d.ts'), 'utf8');
  const { program, errors } = parseSync('electron.d.ts', source, { lang: 'dts' });
  if (errors[0] !== undefined) throw new Error(errors[0].message);
  const starts = lineStarts(source);
  const members = new Map<string, number>();
  const events = new Map<string, { owner: string; line: number }[]>();
  const read = (owner: string, member: Member) => {
    const name = member.key?.type === 'Identifier' ? (member.key.name ?? '') : '';
    if (name === '') return;
    const line = lineAt(starts, member.start);
    if (!members.has(`${owner}.${name}`)) members.set(`${owner}.${name}`, line);
    if (name !== 'on') return;
    const [first] = member.params ?? member.value?.params ?? [];
    const event = first?.typeAnnotation?.typeAnnotation?.literal?.value;
    if (typeof event === 'string') events.set(event, [...(events.get(event) ?? []), { owner, line }]);
  };
  new Visitor({
    TSInterfaceDeclaration(node) {
      for (const member of node.body.body) read(node.id.name, member as unknown as Member);
    },
    ClassDeclaration(node) {
      for (const member of node.body.body) read(node.id?.name ?? '', member as unknown as Member);
    },
  }).visit(program);
  return { members, events };
}

/** The parts of a member's syntax tree that are read here. */
interface Member {
  readonly start: number;
  readonly key?: { readonly type: string; readonly name?: string };
  readonly params?: readonly Parameter[];
  readonly value?: { readonly params?: readonly Parameter[] } | null;
}
interface Parameter {
  readonly typeAnnotation?: { readonly typeAnnotation?: { readonly literal?: { readonly value?: unknown } } };
}

function lineStarts(source: string): number[] {
  const starts = [0];
  for (let at = source.indexOf('\n'); at >= 0; at = source.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

function lineAt(starts: readonly number[], position: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((starts[middle] ?? 0) <= position) low = middle;
    else high = middle - 1;
  }
  return low + 1;
}
