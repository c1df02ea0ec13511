// A reporter for Vitest that writes the table of faults and what becomes of them into ARCHITECTURE.md, out of the tests
// named `fault: … -> outcome: …`:
//   npm run unit -- main/runs/fault-table --reporter=default --reporter=./build/fault-table.mjs
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const paper = path.join(import.meta.dirname, '..', 'ARCHITECTURE.md');
const begin = '<!-- faults: written by build/fault-table.mjs -->';
const end = '<!-- end of faults -->';

export default class FaultTable {
  onTestRunEnd(modules) {
    const rows = [];
    for (const module of modules) {
      for (const test of module.children.allTests()) {
        const [, fault, outcome] = /^fault: (.+) -> outcome: (.+)$/.exec(test.name) ?? [];
        if (fault === undefined) continue;
        if (test.result().state !== 'passed') {
          console.error('Not written: not every fault came out as it should.');
          return;
        }
        rows.push(`| ${fault} | ${outcome} | ${test.meta().imports} |`);
      }
    }
    const table = ['| fault | what the run does | imports taken there |', '| --- | --- | --- |', ...rows].join('\n');
    const text = readFileSync(paper, 'utf8');
    const [from, to] = [text.indexOf(begin), text.indexOf(end)];
    if (rows.length === 0 || from < 0 || to < from) return;
    writeFileSync(paper, `${text.slice(0, from + begin.length)}\n${table}\n${text.slice(to)}`);
    console.log(`${rows.length} faults written to ARCHITECTURE.md`);
  }
}
