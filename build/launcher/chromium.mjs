import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline/promises';
import { projectRoot } from './pinned-node.mjs';

/** What Debian and its kin need: the browser, and fonts that hold the letters of the window's two languages. */
const packages = ['chromium', 'fonts-liberation', 'fonts-noto-core'];

/** Path of this machine's Chromium as the stand-in finds it, or null. Runs on the pinned Node, which reads TypeScript. */
export function findChromium(node) {
  const file = path.join(projectRoot, 'build', 'electron-stand-in', 'chromium.ts');
  const script = `import(process.argv[1]).then(({ findChromium }) => console.log(findChromium() ?? ''))`;
  const found = spawnSync(node, ['--disable-warning=ExperimentalWarning', '-e', script, file], { encoding: 'utf8' });
  return found.stdout.trim() || null;
}

/**
 * Makes sure that the stand-in for Electron finds a Chromium; returns whether it does. As root without a terminal it is
 * installed from the system's packages, on a terminal only after asking, else it is said what to install.
 * `assumeYes` installs without asking wherever that needs no password.
 */
export async function ensureChromium(node, { assumeYes = false } = {}) {
  if (findChromium(node) !== null) return true;
  const isRoot = process.getuid?.() === 0;
  const hasApt = process.platform === 'linux' && existsSync('/usr/bin/apt-get');
  const onTerminal = Boolean(process.stdin.isTTY && process.stderr.isTTY);
  if (!hasApt || !(isRoot || onTerminal)) {
    console.error(howToInstall());
    return false;
  }
  const commands = [
    ['apt-get', 'update'],
    ['apt-get', 'install', '-y', '--no-install-recommends', ...packages],
  ].map((command) => (isRoot ? command : ['sudo', ...command]));
  const mayInstall = isRoot && (assumeYes || !onTerminal);
  if (!mayInstall && !(await confirm(commands))) {
    console.error(howToInstall());
    return false;
  }
  console.error('Installing Chromium and fonts from the system’s packages …');
  for (const [program, ...args] of commands) {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    // What the package manager says is for the person; standard output stays ours.
    const result = spawnSync(program, args, { stdio: [onTerminal ? 'inherit' : 'ignore', 2, 2], env });
    if (result.status !== 0) {
      console.error(`"${[program, ...args].join(' ')}" failed. ${howToInstall()}`);
      return false;
    }
  }
  if (findChromium(node) !== null) return true;
  console.error(howToInstall());
  return false;
}

async function confirm(commands) {
  const ask = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const what = commands.map((command) => `  ${command.join(' ')}`).join('\n');
    const answer = await ask.question(`Segue needs Chromium here. May these commands install it?\n${what}\n[Y/n] `);
    return /^(y(es)?)?$/i.test(answer.trim());
  } finally {
    ask.close();
  }
}

/** One or two sentences that say exactly what to install on this system. */
function howToInstall() {
  if (process.platform === 'win32') return 'The stand-in for Electron does not run on Windows.';
  if (process.platform === 'darwin') {
    return 'Chromium is missing: install Google Chrome or Chromium, or set SEGUE_CHROMIUM to the executable of one.';
  }
  const command = installCommand();
  return `Chromium is missing. Run "${command}", or set SEGUE_CHROMIUM to the executable of a Chromium or Chrome.`;
}

function installCommand() {
  const release = existsSync('/etc/os-release') ? readFileSync('/etc/os-release', 'utf8') : '';
  const ids = ` ${/^ID=(.*)$/m.exec(release)?.[1] ?? ''} ${/^ID_LIKE=(.*)$/m.exec(release)?.[1] ?? ''} `.replace(
    /"/g,
    ' ',
  );
  if (/ (fedora|rhel) /.test(ids)) return 'sudo dnf install chromium liberation-fonts';
  if (/ arch /.test(ids)) return 'sudo pacman -S chromium ttf-liberation';
  if (/ (suse|opensuse) /.test(ids)) return 'sudo zypper install chromium liberation-fonts';
  if (/ alpine /.test(ids)) return 'apk add chromium font-liberation';
  return `sudo apt-get update && sudo apt-get install ${packages.join(' ')}`;
}
