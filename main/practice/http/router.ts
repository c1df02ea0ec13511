import type { PracticeContext } from '../practice-context.ts';
import type { Answer } from './answer.ts';
import type { Call } from './call.ts';

export type Handler = (call: Call, context: PracticeContext) => Answer | Promise<Answer>;

/** What a person must be allowed to do for a request (constant-contact-v3.md 2.6). */
export type Privilege = 'contacts:read' | 'contacts:write' | 'contacts:lists:read' | 'contacts:lists:write';

export interface Route {
  readonly method: string;
  /** A path whose parts beginning with `:` stand for anything. */
  readonly path: string;
  readonly handle: Handler;
  /** Scope the token needs; absent: any token will do. Only routes under /v3 are behind the token at all. */
  readonly scope?: 'contact_data' | 'account_read';
  readonly privilege?: Privilege;
}

export interface Match {
  readonly route: Route;
  readonly params: Record<string, string>;
}

/** Finds the route of a request; `wrong-method` when only the method is unknown, null when the path is. */
export function findRoute(routes: readonly Route[], method: string, path: string): Match | 'wrong-method' | null {
  const parts = path.split('/');
  let known = false;
  let found: Match | null = null;
  for (const route of routes) {
    const params = matchPath(route.path.split('/'), parts);
    if (params === null) continue;
    known = true;
    // A path without variable parts wins: /contacts/counts is no contact.
    const better = found === null || Object.keys(params).length < Object.keys(found.params).length;
    if (route.method === method && better) found = { route, params };
  }
  return found ?? (known ? 'wrong-method' : null);
}

function matchPath(pattern: readonly string[], parts: readonly string[]): Record<string, string> | null {
  if (pattern.length !== parts.length) return null;
  const params: Record<string, string> = {};
  for (const [index, wanted] of pattern.entries()) {
    const part = parts[index] ?? '';
    if (wanted.startsWith(':')) params[wanted.slice(1)] = part;
    else if (wanted !== part) return null;
  }
  return params;
}
