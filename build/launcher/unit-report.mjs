import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** A reporter for Vitest that writes counts, and each skipped test with its reason, to the file SEGUE_UNIT_REPORT. */
export default class UnitReport {
  onTestRunEnd(modules, unhandledErrors) {
    const report = { passed: 0, failed: unhandledErrors.length, skipped: [] };
    for (const module of modules) {
      // A file that cannot be loaded has no tests to count, and is a failure all the same.
      if (module.errors().length > 0) report.failed += 1;
      for (const suite of module.children.allSuites()) if (suite.errors().length > 0) report.failed += 1;
      for (const test of module.children.allTests()) {
        const { state, note } = test.result();
        if (state === 'passed') report.passed += 1;
        else if (state === 'skipped') {
          report.skipped.push({ name: `${module.relativeModuleId} > ${test.fullName}`, reason: note ?? '' });
        } else {
          // Failed, or never came to its end because its process did not.
          report.failed += 1;
        }
      }
    }
    const file = process.env.SEGUE_UNIT_REPORT;
    if (file === undefined) return;
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify(report));
  }
}
