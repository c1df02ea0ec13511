import { validationError } from '../http/api-error.ts';
import { isRecord } from '../http/call.ts';
import {
  optionalIds,
  optionalInteger,
  optionalObjects,
  optionalText,
  optionalWord,
  requiredText,
} from '../http/read-values.ts';
import type { PracticeContext } from '../practice-context.ts';
import {
  addressKinds,
  type ContactDetails,
  isAddress,
  isBirthday,
  isDate,
  isPermission,
  lengths,
  most,
  type Permission,
  phoneKinds,
  type SourceName,
} from '../state/contact-details.ts';

/** A contact as POST and PUT take it. Null sub-resources were left out. */
export interface ContactInput {
  readonly address: string | null;
  readonly permission: Permission | null;
  readonly optOutReason: string | null;
  /** Names, dates and sub-resources; what was left out is absent. */
  readonly details: ContactDetails;
  readonly lists: readonly number[] | null;
  readonly tags: readonly number[] | null;
  readonly source: SourceName;
}

const sources = ['Contact', 'Account'] as const;

/**
 * Reads the body of POST and PUT `/contacts` (constant-contact-v3.md 5.1, 5.2).
 * @throws ApiError 400 naming every missing source as the live service does
 */
export function readContactInput(
  values: Record<string, unknown>,
  sourceName: 'create_source' | 'update_source',
  context: PracticeContext,
): ContactInput {
  const source = values[sourceName];
  const known = sources.find((name) => name === source);
  if (source === undefined || source === null) {
    throw validationError(`${sourceName} is missing, ${sourceName} does not have a valid value`);
  }
  if (known === undefined) throw validationError(`${sourceName} does not have a valid value`);
  const email = values.email_address ?? null;
  if (email !== null && !isRecord(email)) throw validationError('email_address is invalid');
  return {
    address: email === null ? null : readAddress(email, context.settings.addressLimit),
    permission: email === null ? null : readPermission(email),
    optOutReason: email === null ? null : optionalText(email, 'opt_out_reason', lengths.reason),
    details: readDetails(values, context),
    lists: readSeqs(values, 'list_memberships', 'list', most.lists, context),
    tags: readSeqs(values, 'taggings', 'tag', most.taggings, context),
    source: known,
  };
}

function readAddress(email: Record<string, unknown>, limit: number): string {
  const address = requiredText(email, 'address', limit).trim();
  if (!isAddress(address)) throw validationError('email_address is invalid');
  return address;
}

function readPermission(email: Record<string, unknown>): Permission | null {
  const permission = email.permission_to_send ?? null;
  if (permission === null) return null;
  if (!isPermission(permission)) throw validationError('permission_to_send does not have a valid value');
  return permission;
}

function readDetails(values: Record<string, unknown>, context: PracticeContext): ContactDetails {
  const details: ContactDetails = {};
  for (const name of ['first_name', 'last_name', 'job_title', 'company_name'] as const) {
    const text = optionalText(values, name, lengths.name);
    if (text !== null && text !== '') details[name] = text;
  }
  const [month, day] = [optionalInteger(values, 'birthday_month'), optionalInteger(values, 'birthday_day')];
  if (month !== null || day !== null) {
    if (!isBirthday(month ?? 0, day ?? 0)) throw validationError('birthday_month does not have a valid value');
    details.birthday_month = month ?? 0;
    details.birthday_day = day ?? 0;
  }
  const anniversary = optionalText(values, 'anniversary', 10);
  if (anniversary !== null && anniversary !== '') {
    if (!isDate(anniversary)) throw validationError('anniversary does not have a valid value');
    details.anniversary = anniversary;
  }
  readParts(values, details);
  readCustom(values, details, context);
  const notes = optionalObjects(values, 'notes', most.notes);
  if (notes !== null) {
    const at = context.clock.now();
    details.notes = notes.map((note) => ({ at, content: requiredText(note, 'content', lengths.note) }));
  }
  const sms = values.sms_channel ?? null;
  if (isRecord(sms)) details.sms = requiredText(sms, 'full_sms_address', lengths.sms);
  return details;
}

function readParts(values: Record<string, unknown>, details: ContactDetails): void {
  const phones = optionalObjects(values, 'phone_numbers', most.phones);
  if (phones !== null) {
    details.phones = phones.map((phone) => ({
      kind: optionalWord(phone, 'kind', phoneKinds) ?? 'other',
      number: requiredText(phone, 'phone_number', lengths.phone),
    }));
  }
  const addresses = optionalObjects(values, 'street_addresses', most.addresses);
  if (addresses === null) return;
  details.addresses = addresses.map((address) => {
    const kind = optionalWord(address, 'kind', addressKinds);
    if (kind === null) throw validationError('kind is missing');
    const parts = (['street', 'city', 'state', 'postal_code', 'country'] as const).flatMap((name) => {
      const text = optionalText(address, name, name === 'street' ? lengths.street : lengths.place);
      return text === null ? [] : [[name, text] as const];
    });
    return { kind, ...Object.fromEntries(parts) };
  });
}

function readCustom(values: Record<string, unknown>, details: ContactDetails, context: PracticeContext): void {
  const custom = optionalObjects(values, 'custom_fields', most.custom);
  if (custom === null) return;
  details.custom = {};
  for (const field of custom) {
    const seq = context.ids.parse('customField', requiredText(field, 'custom_field_id', 36));
    if (seq === null || context.fields.get(seq) === undefined) {
      throw validationError('custom_field_id does not have a valid value');
    }
    details.custom[String(seq)] = optionalText(field, 'value', lengths.custom) ?? '';
  }
}

function readSeqs(
  values: Record<string, unknown>,
  name: string,
  kind: 'list' | 'tag',
  longest: number,
  context: PracticeContext,
): number[] | null {
  if (Array.isArray(values[name]) && values[name].length === 0) return [];
  const ids = optionalIds(values, name, longest);
  if (ids === null) return null;
  return ids.map((id) => {
    const seq = context.ids.parse(kind, id);
    const isThere =
      seq !== null &&
      (kind === 'list' ? context.lists.get(seq)?.deleted_at === null : context.tags.get(seq) !== undefined);
    if (!isThere || seq === null) throw validationError(`${name} does not have a valid value`);
    return seq;
  });
}
