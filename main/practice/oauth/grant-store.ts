import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type Database from 'better-sqlite3';
import type { PracticeClock } from '../clock.ts';
import type { Caller } from '../http/call.ts';
import type { PracticeRole, PracticeSettings } from '../settings.ts';
import type { AccountRow } from '../state/open-state.ts';
import { readAccessToken, signAccessToken } from './access-token.ts';

/** One sign-in: everything issued from it dies with it. */
interface Family {
  readonly seq: number;
  readonly client_id: string;
  readonly scope: string;
  readonly role: PracticeRole;
  readonly access_generation: number;
  readonly revoked_at: number | null;
}

/** The answer of the token endpoint (constant-contact-v3.md 2.7). */
export interface TokenAnswer {
  readonly token_type: 'Bearer';
  readonly expires_in: number;
  readonly access_token: string;
  readonly scope: string;
  readonly refresh_token?: string;
}

const codeLifetime = 5 * 60_000;
/** A refresh token dies after this long without use. */
const refreshLifetime = 180 * 86_400_000;

export const issuer = 'https://identity.constantcontact.com/oauth2/practice';

/** Sign-ins, codes and tokens. Codes and refresh tokens are kept as hashes. */
export class GrantStore {
  readonly #database: Database.Database;
  readonly #account: AccountRow;
  readonly #clock: PracticeClock;
  readonly #settings: PracticeSettings;
  readonly #family;

  constructor(database: Database.Database, account: AccountRow, clock: PracticeClock, settings: PracticeSettings) {
    this.#database = database;
    this.#account = account;
    this.#clock = clock;
    this.#settings = settings;
    this.#family = database.prepare<[number], Family>('SELECT * FROM grant_family WHERE seq = ?');
  }

  /** Somebody allowed an application: makes the sign-in. */
  createFamily(clientId: string, scope: string, role: PracticeRole): number {
    const { lastInsertRowid } = this.#database
      .prepare('INSERT INTO grant_family (client_id, scope, role, created_at) VALUES (?, ?, ?, ?)')
      .run(clientId, scope, role, this.#clock.now());
    return Number(lastInsertRowid);
  }

  /** A code for the redirect, good for five minutes and once. */
  createCode(family: number, redirectUri: string, challenge: string): string {
    const code = randomBytes(24).toString('base64url');
    this.#database
      .prepare('INSERT INTO authorization_code VALUES (?, ?, ?, ?, ?, NULL)')
      .run(hashOf(code), family, redirectUri, challenge, this.#clock.now());
    return code;
  }

  /** Swaps a code for tokens; null for anything that does not fit. A code used twice ends its sign-in. */
  redeemCode(code: string, clientId: string, redirectUri: string, verifier: string): TokenAnswer | null {
    const row = this.#database
      .prepare<
        [string],
        { family: number; redirect_uri: string; challenge: string; created_at: number; used_at: number | null }
      >('SELECT * FROM authorization_code WHERE code_hash = ?')
      .get(hashOf(code));
    if (row === undefined) return null;
    const now = this.#clock.now();
    if (row.used_at !== null) {
      this.revokeFamily(row.family);
      return null;
    }
    const family = this.#living(row.family);
    if (family === null || family.client_id !== clientId || row.redirect_uri !== redirectUri) return null;
    if (now > row.created_at + codeLifetime || !isVerifier(verifier) || challengeOf(verifier) !== row.challenge) {
      return null;
    }
    this.#database.prepare('UPDATE authorization_code SET used_at = ? WHERE code_hash = ?').run(now, hashOf(code));
    return this.issue(family.seq);
  }

  /** Swaps a refresh token for new tokens; null when it is unknown, expired, used too long ago or another client's. */
  refresh(token: string, clientId: string): TokenAnswer | null {
    const hash = hashOf(token);
    const row = this.#database
      .prepare<[string], { family: number; created_at: number; used_at: number | null }>(
        'SELECT family, created_at, used_at FROM refresh_token WHERE token_hash = ?',
      )
      .get(hash);
    if (row === undefined) return null;
    const family = this.#living(row.family);
    const now = this.#clock.now();
    if (family === null || family.client_id !== clientId || now > row.created_at + refreshLifetime) return null;
    if (this.#settings.refreshTokens === 'long-lived') {
      this.#database.prepare('UPDATE refresh_token SET created_at = ? WHERE token_hash = ?').run(now, hash);
      return { ...this.#accessAnswer(family), refresh_token: token };
    }
    if (row.used_at !== null && now > row.used_at + this.#settings.refreshGraceSeconds * 1_000) {
      this.revokeFamily(family.seq);
      return null;
    }
    if (row.used_at === null) {
      this.#database.prepare('UPDATE refresh_token SET used_at = ? WHERE token_hash = ?').run(now, hash);
    }
    return this.issue(family.seq);
  }

  /** New tokens of a sign-in; a refresh token only when `offline_access` was asked for. */
  issue(familySeq: number): TokenAnswer {
    const family = this.#family.get(familySeq);
    if (family === undefined) throw new Error('The sign-in is gone.');
    const answer = this.#accessAnswer(family);
    if (!family.scope.split(' ').includes('offline_access')) return answer;
    const token = randomBytes(32).toString('base64url');
    this.#database
      .prepare('INSERT INTO refresh_token VALUES (?, ?, ?, NULL)')
      .run(hashOf(token), family.seq, this.#clock.now());
    return { ...answer, refresh_token: token };
  }

  /** Who an access token belongs to; null when it is forged, expired or revoked. */
  callerOf(accessToken: string): Caller | null {
    const claims = readAccessToken(accessToken, this.#account.signing_secret);
    if (claims === null || claims.exp * 1_000 <= this.#clock.now()) return null;
    const family = this.#living(claims.family);
    if (family === null || family.access_generation !== claims.generation) return null;
    return { clientId: family.client_id, scopes: claims.scp, role: family.role };
  }

  /** Ends the sign-in a refresh token belongs to, if there is one. */
  revokeRefreshToken(token: string): void {
    const family = this.#database
      .prepare<[string], number>('SELECT family FROM refresh_token WHERE token_hash = ?')
      .pluck()
      .get(hashOf(token));
    if (family !== undefined) this.revokeFamily(family);
  }

  revokeFamily(family: number): void {
    this.#database
      .prepare('UPDATE grant_family SET revoked_at = coalesce(revoked_at, ?) WHERE seq = ?')
      .run(this.#clock.now(), family);
  }

  /** Makes every access token issued so far worthless; refresh tokens go on working. */
  revokeAccessTokens(): void {
    this.#database.prepare('UPDATE grant_family SET access_generation = access_generation + 1').run();
  }

  /** Makes every refresh token worthless; access tokens live on until they expire. */
  revokeRefreshTokens(): void {
    this.#database.prepare('DELETE FROM refresh_token').run();
  }

  #living(seq: number): Family | null {
    const family = this.#family.get(seq);
    return family === undefined || family.revoked_at !== null ? null : family;
  }

  #accessAnswer(family: Family): TokenAnswer {
    const issued = Math.floor(this.#clock.now() / 1_000);
    const seconds = this.#settings.accessTokenSeconds;
    const accessToken = signAccessToken(
      {
        ver: 1,
        jti: `AT.${randomBytes(32).toString('base64url')}`,
        iss: issuer,
        aud: 'https://api.cc.email/v3',
        iat: issued,
        exp: issued + seconds,
        cid: family.client_id,
        uid: `00u${this.#account.node}`,
        scp: family.scope.split(' '),
        sub: this.#account.contact_email,
        platform_user_id: randomUUID(),
        family: family.seq,
        generation: family.access_generation,
      },
      this.#account.signing_secret,
    );
    return { token_type: 'Bearer', expires_in: seconds, access_token: accessToken, scope: family.scope };
  }
}

export function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

function challengeOf(verifier: string): string {
  return createHash('sha256').update(verifier).digest('base64url');
}

/** 43 to 128 characters of the unreserved set (2.4). */
function isVerifier(text: string): boolean {
  return /^[A-Za-z0-9\-._~]{43,128}$/.test(text);
}
