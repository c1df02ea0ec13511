import { copyFile, link, mkdir, readdir, rm } from 'node:fs/promises';
import path from 'node:path';

/** A second name for a stage's files, which never change; copies where the file system has no links. */
export async function copyStage(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true });
  try {
    for (const name of await readdir(from)) {
      const [source, target] = [path.join(from, name), path.join(to, name)];
      await link(source, target).catch(() => copyFile(source, target));
    }
  } catch (error) {
    await rm(to, { recursive: true, force: true });
    throw error;
  }
}
