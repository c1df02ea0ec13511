import { hkdfSync, timingSafeEqual } from 'node:crypto';

/** What an access token says. Claims as verifiers of the real ones use them (constant-contact-v3.md 2.7). */
export interface AccessClaims {
  readonly ver: 1;
  readonly jti: string;
  readonly iss: string;
  readonly aud: string;
  /** Seconds since 1970. */
  readonly iat: number;
  readonly exp: number;
  readonly cid: string;
  readonly uid: string;
  readonly scp: readonly string[];
  readonly sub: string;
  readonly platform_user_id: string;
  /** Which sign-in it comes from, and how often that one's access tokens were revoked before. */
  readonly family: number;
  readonly generation: number;
}

const header = encode({ kid: 'practice-account', alg: 'RS256' });

/** A token in the form and about the length of a real one. Its signature is our own and nobody else can check it. */
export function signAccessToken(claims: AccessClaims, secret: string): string {
  const signed = `${header}.${encode(claims)}`;
  return `${signed}.${signature(signed, secret).toString('base64url')}`;
}

/** The claims of a token signed with this secret, or null. Its expiry is for the caller to check. */
export function readAccessToken(token: string, secret: string): AccessClaims | null {
  const parts = token.split('.');
  const [head, claims, sign] = parts;
  if (parts.length !== 3 || head !== header || claims === undefined || sign === undefined) return null;
  const given = Buffer.from(sign, 'base64url');
  const wanted = signature(`${head}.${claims}`, secret);
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return null;
  return JSON.parse(Buffer.from(claims, 'base64url').toString('utf8')) as AccessClaims;
}

function signature(signed: string, secret: string): Buffer {
  return Buffer.from(hkdfSync('sha256', signed, secret, 'access token', 256));
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
