import { parseSync, Visitor } from 'vite';
import type { BuiltPackage, Finding } from './built-package.ts';

/** All that a sandboxed preload's `require` answers (electron-facts.md 1.4), with and without `node:` where Node has it. */
const answered: ReadonlySet<string> = new Set([
  'electron',
  'electron/common',
  'electron/renderer',
  ...['events', 'timers', 'url'].flatMap((name) => [name, `node:${name}`]),
]);

/** The preload is one CommonJS file that asks for nothing a sandboxed preload cannot have; else the page has no bridge. */
export function checkPreload(built: BuiltPackage): Finding[] {
  const name = 'out/preload/index.cjs';
  const finding = (what: string) => ({ check: 'preload', what: `${name} ${what}` });
  const others = [...built.archive.files.keys()].filter((file) => file.startsWith('out/preload/') && file !== name);
  const findings = others.map((file) => ({ check: 'preload', what: `${file}: a preload can load no file beside it` }));
  if (!built.archive.files.has(name)) return [...findings, finding('is missing')];
  return [...findings, ...complaintsOfPreload(built.archive.read(name).toString('utf8')).map(finding)];
}

/** What is wrong with a sandboxed preload's source. */
export function complaintsOfPreload(source: string): string[] {
  const { program, errors } = parseSync('index.cjs', source, { sourceType: 'script' });
  // `import` and `export` are errors of syntax in a script.
  if (errors.length > 0) return [`is no CommonJS script: ${errors[0]?.message}`];
  const complaints: string[] = [];
  let calls = 0;
  let names = 0;
  new Visitor({
    ImportExpression() {
      complaints.push('imports something while it runs');
    },
    CallExpression(call) {
      if (call.callee.type !== 'Identifier' || call.callee.name !== 'require') return;
      calls += 1;
      const [what] = call.arguments;
      if (what?.type !== 'Literal' || typeof what.value !== 'string') complaints.push('requires something it computes');
      else if (!answered.has(what.value)) complaints.push(`requires ${what.value}`);
    },
    Identifier(identifier) {
      if (identifier.name === 'require') names += 1;
      else if (identifier.name === '__dirname' || identifier.name === '__filename')
        complaints.push(`uses ${identifier.name}, which is not there`);
    },
  }).visit(program);
  if (names > calls) complaints.push('uses require other than by calling it');
  return complaints;
}
