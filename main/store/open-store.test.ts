import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { migrations } from './migrations/index.ts';
import { connectStore, openStore, unlessBusy } from './open-store.ts';

const newFile = () => path.join(mkdtempSync(path.join(tmpdir(), 'segue-store-')), 'segue.sqlite');

test('a new database gets the newest schema, and opening it again changes nothing', () => {
  const file = newFile();
  openStore(file).close();
  const store = openStore(file);
  expect(store.pragma('user_version', { simple: true })).toBe(migrations.at(-1)?.version);
  expect(store.pragma('journal_mode', { simple: true })).toBe('wal');
  expect(store.pragma('synchronous', { simple: true })).toBe(2);
  expect(store.pragma('foreign_keys', { simple: true })).toBe(1);
  store.close();
});

test('an upgrade keeps a copy of the file as it was', () => {
  const file = newFile();
  openStore(file).close();
  const later = { version: 9_990, sql: 'CREATE TABLE later (a INTEGER) STRICT;' };
  openStore(file, [...migrations, later]).close();
  const copy = `${file}.v${migrations.at(-1)?.version}`;
  expect(existsSync(copy)).toBe(true);
  const kept = new Database(copy, { readonly: true });
  expect(kept.prepare("SELECT count(*) AS n FROM sqlite_master WHERE name = 'later'").get()).toEqual({ n: 0 });
  kept.close();
});

test('a failing step leaves the schema and its number as they were', () => {
  const file = newFile();
  openStore(file).close();
  const broken = { version: 9_990, sql: 'CREATE TABLE half (a INTEGER) STRICT; CREATE TABLE nonsense (;' };
  expect(() => openStore(file, [...migrations, broken])).toThrow();
  const store = openStore(file);
  expect(store.prepare("SELECT count(*) AS n FROM sqlite_master WHERE name = 'half'").get()).toEqual({ n: 0 });
  store.close();
});

test('a database of a newer app is refused and left alone', () => {
  const file = newFile();
  const store = openStore(file);
  store.pragma('user_version = 99999');
  store.close();
  expect(() => openStore(file)).toThrow(expect.objectContaining({ code: 'store.from-newer-version' }));
});

test('a file that is no database is refused as damaged', () => {
  const file = newFile();
  writeFileSync(file, 'this is not a database, whatever its name says'.repeat(100));
  expect(() => openStore(file)).toThrow(expect.objectContaining({ code: 'store.damaged' }));
});

test('what can wait is not waited for while another connection writes', () => {
  const file = newFile();
  const store = openStore(file);
  const other = connectStore(file);
  const write = () =>
    void store
      .prepare("INSERT INTO person (person_id, display_name, role, created_at) VALUES ('a', 'A', 'viewer', 0)")
      .run();
  other.exec('BEGIN IMMEDIATE');
  expect(unlessBusy(store, write)).toBe(false);
  other.exec('COMMIT');
  expect(unlessBusy(store, write)).toBe(true);
  expect(() => unlessBusy(store, write)).toThrow('UNIQUE');
  expect(store.pragma('busy_timeout', { simple: true })).toBe(10_000);
  other.close();
  store.close();
});

test('what can wait is left for later on a full disk', () => {
  const store = openStore(newFile());
  store.exec('CREATE TABLE counts (text TEXT) STRICT');
  store.pragma(`max_page_count = ${store.pragma('page_count', { simple: true })}`);
  const write = () => void store.prepare('INSERT INTO counts VALUES (?)').run('x'.repeat(20_000));
  expect(unlessBusy(store, write)).toBe(false);
  store.pragma('max_page_count = 100000');
  expect(unlessBusy(store, write)).toBe(true);
  store.close();
});
