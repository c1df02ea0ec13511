import { readFileSync } from 'node:fs';
import type { SeenRequest } from './remote.ts';

/** As much of a Swagger 2.0 schema as the vendor's document uses for what we need. */
interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly format?: string;
  readonly enum?: readonly string[];
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly maxItems?: number;
  readonly minItems?: number;
  readonly maxLength?: number;
  readonly maximum?: number;
  readonly minimum?: number;
}

interface Parameter extends Omit<Schema, 'required'> {
  readonly name: string;
  readonly in: 'query' | 'path' | 'body' | 'formData';
  readonly required?: boolean;
  readonly schema?: Schema;
}

interface Operation {
  readonly parameters?: readonly Parameter[];
  readonly responses: Readonly<Record<string, { readonly schema?: Schema }>>;
}

interface Document {
  readonly basePath: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly definitions: Readonly<Record<string, Schema>>;
}

const file = new URL('../../../e2e/fixtures/constant-contact-openapi.json', import.meta.url);
const document: Document = JSON.parse(readFileSync(file, 'utf8'));

/** What a request does that the vendor's document does not allow, in words; empty when it is as documented. */
export function faultsOf(request: SeenRequest): string[] {
  const found = operationOf(request);
  if (!found) return [`${request.method} ${request.path} is not documented`];
  const parameters = found.parameters ?? [];
  const faults: string[] = [];
  for (const [name, value] of request.query) {
    const parameter = parameters.find((one) => one.in === 'query' && one.name === name);
    // A cursor is what the other side's own next link carries.
    if (!parameter && name !== 'cursor') faults.push(`query ${name} is not documented`);
    else if (parameter) faults.push(...queryFaults(parameter, value));
  }
  const body = parameters.find((one) => one.in === 'body')?.schema;
  const form = parameters.filter((one) => one.in === 'formData');
  if (body) faults.push(...valueFaults(body, JSON.parse(request.body), 'body'));
  else if (form.length > 0) faults.push(...formFaults(form, request));
  else if (request.body) faults.push('a body is not documented');
  return faults;
}

/** A form of several parts: their names, the needed ones, and how many values one may hold. */
function formFaults(form: readonly Parameter[], request: SeenRequest): string[] {
  if (!(request.headers['content-type'] ?? '').startsWith('multipart/form-data; boundary='))
    return ['the body is no form'];
  const parts = new Map(
    [
      ...request.body.matchAll(/Content-Disposition: form-data; name="([^"]*)"[^\r]*(?:\r\n[^\r]+)*\r\n\r\n([^\r]*)/gi),
    ].map(([, name = '', value = '']) => [name, value]),
  );
  const missing = form.filter((one) => one.required === true && !parts.has(one.name));
  return [
    ...missing.map((one) => `form ${one.name} is missing`),
    ...[...parts].flatMap(([name, value]) => {
      const parameter = form.find((one) => one.name === name);
      if (!parameter) return [`form ${name} is not documented`];
      const most = parameter.maxItems ?? Number.POSITIVE_INFINITY;
      return value.split(',').length > most && parameter.format === 'csv' ? [`form ${name} has too many entries`] : [];
    }),
  ];
}

/** An answer as the document describes it: every property (`full`) or the required ones only. */
export function sampleAnswer(request: SeenRequest, full: boolean): { status: number; json: unknown } {
  const responses = operationOf(request)?.responses ?? {};
  const status = Object.keys(responses).find((code) => code.startsWith('2')) ?? '200';
  return { status: Number(status), json: sample(responses[status]?.schema ?? {}, full, '') };
}

function operationOf(request: SeenRequest): Operation | undefined {
  const path = request.path.slice(document.basePath.length);
  const exact = document.paths[path];
  const template = Object.keys(document.paths).find((one) =>
    new RegExp(`^${one.replace(/\{\w+\}/g, '[^/]+')}$`).test(path),
  );
  return (exact ?? document.paths[template ?? ''])?.[request.method.toLowerCase()];
}

function resolved(schema: Schema): Schema {
  return schema.$ref ? (document.definitions[schema.$ref.replace('#/definitions/', '')] ?? {}) : schema;
}

function queryFaults(parameter: Parameter, value: string): string[] {
  const number = parameter.type === 'integer' ? Number(value) : Number.NaN;
  const values = parameter.format === 'csv' ? value.split(',') : [value];
  if (parameter.enum && !values.every((one) => parameter.enum?.includes(one))) return [`${parameter.name}=${value}`];
  if (number > (parameter.maximum ?? number) || number < (parameter.minimum ?? number))
    return [`${parameter.name}=${value}`];
  return [];
}

function valueFaults(reference: Schema, value: unknown, where: string): string[] {
  const schema = resolved(reference);
  if (schema.type === 'array') {
    if (!Array.isArray(value)) return [`${where} is no array`];
    // Some arrays carry `maxItems: 0`, a slip of the document (dossier 6.5).
    const most = schema.maxItems || Number.POSITIVE_INFINITY;
    if (value.length > most || value.length < (schema.minItems ?? 0)) return [`${where} has ${value.length} entries`];
    return value.flatMap((one, index) => valueFaults(schema.items ?? {}, one, `${where}[${index}]`));
  }
  if (schema.type === 'object') {
    if (typeof value !== 'object' || value === null) return [`${where} is no object`];
    const missing = (schema.required ?? [])
      .filter((name) => !(name in value))
      .map((name) => `${where}.${name} is missing`);
    return Object.entries(value).reduce((faults, [name, one]) => {
      const property = schema.properties?.[name] ?? (name.startsWith('cf:') ? { type: 'string' } : undefined);
      return faults.concat(
        property ? valueFaults(property, one, `${where}.${name}`) : [`${where}.${name} is not documented`],
      );
    }, missing);
  }
  const kind = schema.type === 'integer' || schema.type === 'number' ? 'number' : schema.type;
  if (kind && typeof value !== kind) return [`${where} is no ${kind}`];
  if (typeof value === 'string' && value.length > (schema.maxLength ?? value.length)) return [`${where} is too long`];
  return [];
}

function sample(reference: Schema, full: boolean, name: string): unknown {
  const schema = resolved(reference);
  switch (schema.type) {
    case 'array':
      return [sample(schema.items ?? {}, full, name)];
    case 'object': {
      const names = full ? Object.keys(schema.properties ?? {}) : (schema.required ?? []);
      return Object.fromEntries(names.map((one) => [one, sample(schema.properties?.[one] ?? {}, full, one)]));
    }
    case 'integer':
    case 'number':
      return 1;
    case 'boolean':
      return false;
    default:
      // The last page of a collection carries no link; one that leads elsewhere is another test's matter.
      if (name === 'href') return '/v3/contact_exports/1';
      if (schema.format === 'date-time') return '2026-11-23T10:00:00Z';
      return schema.format === 'uuid' ? '06526938-56dd-11e9-932a-fa163ea075fa' : (schema.enum?.[0] ?? 'text');
  }
}
