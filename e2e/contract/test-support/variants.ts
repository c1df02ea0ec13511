import { createHash } from 'node:crypto';
import type { Passing, Reply, Twist } from './twisting-proxy.ts';

const uuids = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;
const imports = /^\/activities\/contacts_(file|json)_import$/;

/** Whether a reply is an activity or a page of them. */
function activitiesIn(reply: Reply): Record<string, unknown>[] {
  if (Array.isArray(reply.json?.activities)) return reply.json.activities;
  return reply.json?.activity_id === undefined ? [] : [reply.json];
}

function eachObject(value: unknown, visit: (object: Record<string, unknown>) => void): void {
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) for (const item of value) eachObject(item, visit);
  else {
    for (const item of Object.values(value)) eachObject(item, visit);
    visit(value as Record<string, unknown>);
  }
}

/** Ids that are random rather than made of the time. */
function otherIds(): Twist {
  const real = new Map<string, string>();
  const shown = (id: string) => {
    const digits = createHash('sha256').update(id).digest('hex');
    const other = `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(13, 16)}-a${digits.slice(17, 20)}-${digits.slice(20, 32)}`;
    real.set(other, id);
    return other;
  };
  const back = (text: string) => text.replaceAll(uuids, (id) => real.get(id.toLowerCase()) ?? id);
  return {
    before: (passing) => {
      passing.path = back(passing.path);
      passing.body = back(passing.body);
      for (const [name, value] of [...passing.query]) passing.query.set(name, back(value));
      return undefined;
    },
    after: (_passing, reply) => {
      if (reply.json !== undefined) reply.json = JSON.parse(JSON.stringify(reply.json).replaceAll(uuids, shown));
      if (reply.headers.location !== undefined)
        reply.headers.location = reply.headers.location.replaceAll(uuids, shown);
    },
  };
}

/** Cursors of another form, under which nothing can be read. */
function otherCursors(): Twist {
  const links: string[] = [];
  return {
    before: (passing) => {
      const page = passing.query.get('page_after');
      if (page === null) return undefined;
      const href = new URL(links[Number(page.slice(4))] ?? '', 'http://localhost');
      passing.query.delete('page_after');
      for (const [name, value] of href.searchParams) passing.query.set(name, value);
      return undefined;
    },
    after: (_passing, reply) => {
      const href: unknown = reply.json?._links?.next?.href;
      if (typeof href !== 'string') return;
      links.push(href);
      reply.json._links.next.href = `${href.split('?')[0]}?page_after=tok.${links.length - 1}`;
    },
  };
}

/** Activities that are seen to work for a while. */
function slowActivities(): Twist {
  const looks = new Map<string, number>();
  return {
    after: (passing, reply) => {
      if (!/^\/activities\/[0-9a-f-]{36}$/.test(passing.path) || reply.json?.state !== 'completed') return;
      const seen = (looks.get(passing.path) ?? 0) + 1;
      looks.set(passing.path, seen);
      if (seen > 5) return;
      reply.json.state = seen < 3 ? 'initialized' : 'processing';
      reply.json.percent_done = seen;
      delete reply.json.completed_at;
    },
  };
}

const counted = (wanted: 'file' | 'json', more: number): Twist => {
  const known = new Set<unknown>();
  return {
    after: (passing: Passing, reply: Reply) => {
      if (imports.exec(passing.path)?.[1] === wanted) known.add(reply.json?.activity_id);
      for (const activity of activitiesIn(reply)) {
        const status = activity.status as { items_total_count?: number } | undefined;
        if (known.has(activity.activity_id) && status?.items_total_count !== undefined) {
          status.items_total_count += more;
        }
      }
    },
  };
};

/** Other ways of obeying the papers: what they leave open, answered the other way. */
export const variants: Record<string, () => Twist> = {
  '403 for a missing token': () => ({
    before: ({ headers }) =>
      headers.authorization === undefined
        ? { status: 403, headers: {}, json: undefined, text: 'Forbidden' }
        : undefined,
  }),
  'a heading that is not counted': () => counted('file', -1),
  'a heading counted for JSON': () => counted('json', 1),
  'ids that are not made of the time': otherIds,
  'other cursors': otherCursors,
  'slow activities': slowActivities,
  'empty _links on the last page': () => ({
    after: (_passing, { json }) => {
      const isPage = json?.lists ?? json?.contacts ?? json?.activities ?? json?.tags ?? json?.custom_fields;
      if (isPage !== undefined) json._links ??= {};
    },
  }),
  'null for the next page of the last one': () => ({
    after: (_passing, { json }) => {
      if (json?.lists !== undefined || json?.contacts !== undefined) json._links ??= { next: null };
    },
  }),
  'counts nobody asked for, of the whole collection': () => ({
    after: (_passing, { json }) => {
      if (json?.lists !== undefined) json.lists_count ??= json.lists.length;
      if (json?.contacts !== undefined) json.contacts_count ??= json.contacts.length;
    },
  }),
  'properties nobody knows': () => ({
    after: (_passing, { json }) => eachObject(json, (object) => Object.assign(object, { zz_new: [{ a: 1 }] })),
  }),
  'times with milliseconds and an offset': () => ({
    after: (_passing, { json }) =>
      eachObject(json, (object) => {
        for (const [name, value] of Object.entries(object)) {
          if (typeof value === 'string' && /(_at|_date)$/.test(name) && value.endsWith('Z')) {
            object[name] = value.replace('Z', '.123+00:00');
          }
        }
      }),
  }),
  'null for what is not set': () => ({
    after: (_passing, { json }) =>
      eachObject(json, (object) => {
        if (object.contact_id !== undefined && object.create_source !== undefined) {
          for (const name of ['first_name', 'last_name', 'job_title', 'deleted_at']) object[name] ??= null;
        }
      }),
  }),
  'names of fields with capitals': () => ({
    after: (passing, { json }) => {
      if (!passing.path.startsWith('/contact_custom_fields')) return;
      eachObject(json, (object) => {
        if (typeof object.name === 'string') object.name = object.name.replace('segue', 'Segue');
      });
    },
  }),
  'other words in errors': () => ({
    after: (_passing, reply) => {
      if (Array.isArray(reply.json) && reply.status >= 400) reply.json[0].error_message = 'No.';
    },
  }),
  'errors without a body where there is no sample': () => ({
    after: (_passing, reply) => {
      if (![403, 409, 415].includes(reply.status)) return;
      reply.json = undefined;
      reply.text = '';
    },
  }),
  'activity errors that are objects': () => ({
    after: (_passing, reply) => {
      for (const activity of activitiesIn(reply)) {
        if (Array.isArray(activity.activity_errors)) {
          activity.activity_errors = activity.activity_errors.map((message: unknown) => ({ message }));
        }
      }
    },
  }),
  'the other spelling of the way to an export': () => ({
    before: (passing) => {
      passing.path = passing.path.replace('/contacts_exports/', '/contact_exports/');
      return undefined;
    },
    after: (_passing, { json }) => {
      const results = json?._links?.results;
      if (results !== undefined) results.href = results.href.replace('/contact_exports/', '/contacts_exports/');
    },
  }),
  'an export with quotes and other titles': () => ({
    after: (passing, reply) => {
      if (!passing.path.startsWith('/contact_exports/')) return;
      const [, ...lines] = reply.text.trim().split('\r\n');
      reply.text = ['"Adresse"', ...lines.map((line) => `"${line}"`)].join('\n');
    },
  }),
};
