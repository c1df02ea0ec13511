import { isUuid } from '../state/ids.ts';
import { validationError } from './api-error.ts';

type Values = Readonly<Record<string, unknown>>;

const invalid = (name: string) => validationError(`${name} does not have a valid value`);

/** A text that must be there, at most `longest` characters, not blank. */
export function requiredText(values: Values, name: string, longest: number): string {
  const value = optionalText(values, name, longest);
  if (value === null || value.trim() === '') throw validationError(`${name} is missing`);
  return value;
}

/** A text that may be missing or null. */
export function optionalText(values: Values, name: string, longest: number): string | null {
  const value = values[name] ?? null;
  if (value === null) return null;
  if (typeof value !== 'string') throw invalid(name);
  if (value.length > longest) throw validationError(`${name} is too long (maximum is ${longest} characters)`);
  return value;
}

/** One of several words, or null when missing. */
export function optionalWord<T extends string>(values: Values, name: string, words: readonly T[]): T | null {
  const value = values[name] ?? null;
  if (value === null) return null;
  const word = words.find((candidate) => candidate === value);
  if (word === undefined) throw invalid(name);
  return word;
}

export function optionalBoolean(values: Values, name: string): boolean | null {
  const value = values[name] ?? null;
  if (value === null || typeof value === 'boolean') return value;
  throw invalid(name);
}

export function optionalInteger(values: Values, name: string): number | null {
  const value = values[name] ?? null;
  if (value === null || (typeof value === 'number' && Number.isInteger(value))) return value;
  throw invalid(name);
}

/** An array of objects, or null when missing. */
export function optionalObjects(values: Values, name: string, longest: number): Record<string, unknown>[] | null {
  const value = values[name] ?? null;
  if (value === null) return null;
  if (!Array.isArray(value)) throw invalid(name);
  if (value.length > longest) throw validationError(`${name} is too long (maximum is ${longest} items)`);
  return value.map((item) => {
    if (typeof item !== 'object' || item === null || Array.isArray(item)) throw invalid(name);
    return item as Record<string, unknown>;
  });
}

/** An array of ids (texts in the shape of UUIDs), or null when missing. */
export function optionalIds(values: Values, name: string, longest: number): string[] | null {
  const value = values[name] ?? null;
  if (value === null) return null;
  if (!Array.isArray(value) || value.length === 0) throw invalid(name);
  if (value.length > longest) throw validationError(`${name} is too long (maximum is ${longest} items)`);
  return value.map((item) => {
    if (typeof item !== 'string' || !isUuid(item)) throw invalid(name);
    return item;
  });
}

export function requiredIds(values: Values, name: string, longest: number): string[] {
  const ids = optionalIds(values, name, longest);
  if (ids === null) throw validationError(`${name} is missing`);
  return ids;
}
