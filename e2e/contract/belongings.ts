import type { Api } from './api.ts';
import { at } from './check.ts';

type Kind = 'person' | 'list' | 'field' | 'tag';

interface Thing {
  readonly kind: Kind;
  /** Address, name or label. */
  readonly name: string;
  id: string | null;
  isGone: boolean;
}

const places: Record<Kind, { readonly path: string; readonly envelope: string; readonly id: string }> = {
  person: { path: '/contacts', envelope: 'contacts', id: 'contact_id' },
  list: { path: '/contact_lists', envelope: 'lists', id: 'list_id' },
  field: { path: '/contact_custom_fields', envelope: 'custom_fields', id: 'custom_field_id' },
  tag: { path: '/contact_tags', envelope: 'tags', id: 'tag_id' },
};

/** Most pages looked through for something whose id was never learned. */
const mostPages = 20;

/** Everything the suite made, or may have made, at the other side, so that it can be taken away again. */
export class Belongings {
  readonly #things = new Map<string, Thing>();

  /** To be called before anything of this name is sent. */
  expect(kind: Kind, name: string): void {
    const key = `${kind} ${name}`;
    const known = this.#things.get(key);
    if (known === undefined) this.#things.set(key, { kind, name, id: null, isGone: false });
    else known.isGone = false;
  }

  /** The id of something expected was learned. */
  learn(kind: Kind, name: string, id: unknown): void {
    const known = this.#things.get(`${kind} ${name}`);
    if (known !== undefined && typeof id === 'string') known.id = id;
  }

  /** The id of something, when it was learned. */
  idOf(kind: Kind, name: string): string | null {
    return this.#things.get(`${kind} ${name}`)?.id ?? null;
  }

  /** Somebody else took it away, or is sure to. */
  forget(kind: Kind, name: string): void {
    const known = this.#things.get(`${kind} ${name}`);
    if (known !== undefined) known.isGone = true;
  }

  /** Takes everything away; answers how many things of each kind could not be. People first: lists go with a job. */
  async remove(api: Api): Promise<string[]> {
    const left = new Map<Kind, number>();
    for (const kind of ['person', 'list', 'tag', 'field'] as const) {
      for (const thing of this.#things.values()) {
        if (thing.kind !== kind || thing.isGone) continue;
        const isGone = await removed(thing, api).catch(() => false);
        if (isGone) thing.isGone = true;
        else left.set(kind, (left.get(kind) ?? 0) + 1);
      }
    }
    return [...left].map(([kind, number]) => `${number} of kind ${kind}`);
  }
}

async function removed(thing: Thing, api: Api): Promise<boolean> {
  const id = thing.id ?? (await found(thing, api));
  if (id === null) return true;
  const answer = await api.delete(`${places[thing.kind].path}/${id}`);
  return answer.status < 300 || answer.status === 404;
}

/** The id of something that may have been made although its answer did not say so. */
async function found(thing: Thing, api: Api): Promise<string | null> {
  const { path, envelope, id } = places[thing.kind];
  const name = encodeURIComponent(thing.name);
  const query = {
    person: `?status=all&email=${name}`,
    list: `?name=${name}`,
    field: '?limit=100',
    tag: '?limit=500',
  }[thing.kind];
  let page = await api.get(`${path}${query}`);
  for (let pages = 1; pages <= mostPages; pages += 1) {
    const items = at(page.body, envelope);
    for (const item of Array.isArray(items) ? items : []) {
      const itsName = at(item, 'email_address', 'address') ?? at(item, 'label') ?? at(item, 'name');
      const itsId = at(item, id);
      const isIt = typeof itsName === 'string' && itsName.toLowerCase() === thing.name.toLowerCase();
      if (isIt && typeof itsId === 'string' && isBlankTime(at(item, 'deleted_at'))) return itsId;
    }
    const next = at(page.body, '_links', 'next', 'href');
    if (typeof next !== 'string') return null;
    page = await api.follow(next);
  }
  return null;
}

function isBlankTime(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}
