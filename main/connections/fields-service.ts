import { isCustomField } from '../../preload/contract/contact-fields.ts';
import type { CustomFieldView, NewFieldType } from '../../preload/contract/views.ts';
import { type CustomField, createCustomField, fetchCustomFields } from '../constant-contact/custom-fields.ts';
import type { ConnectionAccess } from './connection-access.ts';

/** What values of each of the account's types have to be (constant-contact-v3.md 7); how choices are imported is not said. */
const valueTypes: Readonly<Record<string, CustomFieldView['valueType']>> = {
  string: 'text',
  text_area: 'text',
  number: 'number',
  currency: 'number',
  date: 'date',
};

const wireTypes = { text: 'string', date: 'date', number: 'number' } as const;

/** A field of the account as it is matched. */
export function customFieldViewOf({ fieldId, label, name, type, olderDate }: CustomField): CustomFieldView {
  const field = `cf:${name}`;
  const valueType = valueTypes[type] ?? null;
  return { fieldId, field, label, valueType: isCustomField(field) ? (olderDate ? 'older-date' : valueType) : null };
}

/** The account's own custom fields; nothing of them is kept here. */
export function createFieldsService(access: ConnectionAccess) {
  return {
    async list(connectionId: string): Promise<CustomFieldView[]> {
      return (await fetchCustomFields((await access.access(connectionId)).client)).map(customFieldViewOf);
    },
    /** Throws `field.label-taken`, `field.too-many`. */
    async create(connectionId: string, label: string, type: NewFieldType): Promise<CustomFieldView> {
      const { client } = await access.access(connectionId);
      return customFieldViewOf(await createCustomField(client, { label, type: wireTypes[type] }));
    },
  };
}

export type FieldsService = ReturnType<typeof createFieldsService>;
