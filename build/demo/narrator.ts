/** Tells a person at a terminal, or whoever reads a log, how far the demo is. */
export interface Narrator {
  /** One line for one thing done. */
  step(text: string): void;
  /** How far something long is: a bar on a terminal, else a line each tenth. `done` and `total` in rows. */
  progress(done: number, total: number): void;
  /** Ends the bar, if there is one. */
  progressDone(): void;
}

const barWidth = 40;
const numbers = new Intl.NumberFormat('en');

/** A number of rows or contacts for people. */
export const written = (value: number): string => numbers.format(value);

export function createNarrator(out: NodeJS.WriteStream, now: () => number): Narrator {
  const began = now();
  let steps = 0;
  let told = -1;
  const clear = () => {
    if (out.isTTY && told >= 0) out.write('\r\u001b[K');
    told = -1;
  };
  return {
    step(text) {
      clear();
      steps += 1;
      const seconds = ((now() - began) / 1_000).toFixed(1).padStart(6);
      out.write(`${seconds} s  ${String(steps).padStart(2)}. ${text}\n`);
    },
    progress(done, total) {
      const share = total === 0 ? 0 : Math.min(done / total, 1);
      const tenth = Math.floor(share * 10);
      if (!out.isTTY) {
        if (tenth > told) out.write(`            ${bar(share)} ${written(done)} of ${written(total)} rows\n`);
        told = Math.max(told, tenth);
        return;
      }
      told = tenth;
      out.write(`\r            ${bar(share)} ${written(done)} of ${written(total)} rows\u001b[K`);
    },
    progressDone: clear,
  };
}

function bar(share: number): string {
  const full = Math.round(share * barWidth);
  return `[${'#'.repeat(full)}${'.'.repeat(barWidth - full)}] ${String(Math.round(share * 100)).padStart(3)} %`;
}
