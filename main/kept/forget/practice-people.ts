import { existsSync } from 'node:fs';
import path from 'node:path';
import { countPracticePerson, forgetPracticePerson } from '../../practice/state/forget-person.ts';
import type { Hideout, Search } from './place.ts';

const stateFile = ({ userData }: Search): string => path.join(userData, 'practice', 'practice.sqlite');

/** The practice account lies on this computer too. Its process must not be running. */
export const practicePeople: Hideout = {
  async find(search) {
    const file = stateFile(search);
    return [{ place: 'practice', count: existsSync(file) ? countPracticePerson(file, search.pattern) : 0 }];
  },
  async forget(search) {
    const file = stateFile(search);
    if (existsSync(file)) forgetPracticePerson(file, search.pattern);
  },
};
