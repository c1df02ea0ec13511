import { readFileSync } from 'node:fs';

/** The part of a Swagger 2.0 schema the vendor's document uses. */
interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly format?: string;
  readonly maxLength?: number;
  readonly maxItems?: number;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
}

interface Operation {
  readonly responses: Readonly<Record<string, { readonly schema?: Schema }>>;
}

interface VendorDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly definitions: Readonly<Record<string, Schema>>;
}

/** Slips of the vendor's document that constant-contact-v3.md names; what they say is not held against an answer. */
const slips: readonly { readonly at: RegExp; readonly why: string }[] = [
  { at: /\.custom_fields: \d+ items/, why: '25 by schema, 50 elsewhere (7)' },
  { at: /\.deleted_at: no date$/, why: 'declared as a day, lives as a time' },
];

/** The vendor's shapes, for tests: says what in a value does not fit them. */
export class VendorShapes {
  readonly #document: VendorDocument;

  /** @param file the vendor's document, kept in e2e/fixtures */
  constructor(file: string) {
    this.#document = JSON.parse(readFileSync(file, 'utf8')) as VendorDocument;
  }

  /** Complaints about the body of an answer; a status the document does not declare is one too. */
  complaints(method: string, path: string, status: number, body: unknown): string[] {
    const operation = this.#document.paths[path]?.[method.toLowerCase()];
    if (operation === undefined) return [`${method} ${path} is not in the document`];
    const response = operation.responses[String(status)];
    if (response === undefined) return [`${method} ${path} does not declare ${status}`];
    if (response.schema === undefined || status >= 400) return [];
    const found: string[] = [];
    this.#check(response.schema, body, '', found);
    return found.filter((complaint) => !slips.some((slip) => slip.at.test(complaint)));
  }

  #check(schema: Schema, value: unknown, at: string, found: string[]): void {
    if (schema.$ref !== undefined) {
      const definition = this.#document.definitions[schema.$ref.replace('#/definitions/', '')];
      if (definition !== undefined) this.#check(definition, value, at, found);
      return;
    }
    if (schema.type === 'array') this.#checkArray(schema, value, at, found);
    else if (schema.properties !== undefined || schema.type === 'object') this.#checkObject(schema, value, at, found);
    else this.#checkPlain(schema, value, at, found);
  }

  #checkArray(schema: Schema, value: unknown, at: string, found: string[]): void {
    if (!Array.isArray(value)) {
      found.push(`${at}: no array`);
      return;
    }
    if (schema.maxItems !== undefined && value.length > schema.maxItems) found.push(`${at}: ${value.length} items`);
    for (const [index, item] of value.entries()) this.#check(schema.items ?? {}, item, `${at}[${index}]`, found);
  }

  #checkObject(schema: Schema, value: unknown, at: string, found: string[]): void {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      found.push(`${at}: no object`);
      return;
    }
    const known = schema.properties ?? {};
    for (const name of schema.required ?? []) if (!(name in value)) found.push(`${at}.${name}: missing`);
    for (const [name, item] of Object.entries(value)) {
      const property = known[name];
      if (property === undefined) found.push(`${at}.${name}: not in the document`);
      else this.#check(property, item, `${at}.${name}`, found);
    }
  }

  #checkPlain(schema: Schema, value: unknown, at: string, found: string[]): void {
    const types: Record<string, string> = { integer: 'number', number: 'number', boolean: 'boolean', string: 'string' };
    const wanted = types[schema.type ?? ''];
    if (wanted !== undefined && typeof value !== wanted) found.push(`${at}: no ${schema.type}`);
    if (typeof value !== 'string') return;
    if (schema.maxLength !== undefined && value.length > schema.maxLength) found.push(`${at}: too long`);
    if (schema.format === 'uuid' && !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value))
      found.push(`${at}: no uuid`);
    if (schema.format === 'date-time' && !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(value)) found.push(`${at}: no time`);
    if (schema.format === 'date' && !/^\d{4}-\d\d-\d\d$/.test(value)) found.push(`${at}: no date`);
  }
}
