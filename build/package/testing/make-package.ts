// Prints the path of the archive of the package under test, which is made first when it is out of date.
import path from 'node:path';
import { openPackage } from '../check/built-package.ts';
import { packageUnderTest } from './package-under-test.ts';

process.stdout.write(`${path.resolve(openPackage(packageUnderTest()).archive.file)}\n`);
