import { useEffect } from 'react';
import type { CustomFieldView, NewFieldType } from '../../preload/contract/views.ts';
import { call } from '../bridge/client.ts';
import { createLoads, type Loaded } from './keyed-loads.ts';

const customFields = createLoads<readonly CustomFieldView[]>((connectionId) => call('fields.list', { connectionId }));
const stamp = 'account';
const none: Loaded<readonly CustomFieldView[]> = { value: null, pending: false, error: null, stamp };

/** The custom fields of a connection's account; asked for once, and on `again`. */
export function useCustomFields(connectionId: string | null) {
  const loaded = customFields.useLoads((loads) => (connectionId === null ? none : (loads[connectionId] ?? none)));
  useEffect(() => {
    if (connectionId !== null) void customFields.load(connectionId, stamp);
  }, [connectionId]);
  return { ...loaded, again: (): void => reloadFields(connectionId) };
}

/** Asks the account once more: fields may have been made or deleted there. */
export function reloadFields(connectionId: string | null): void {
  if (connectionId !== null) void customFields.load(connectionId, stamp, true);
}

/** Makes a field in the account, at once; from then on it is among the others. */
export async function createField(connectionId: string, label: string, type: NewFieldType): Promise<CustomFieldView> {
  const made = await call('fields.create', { connectionId, label, type });
  const known = customFields.useLoads.getState()[connectionId]?.value ?? [];
  const value = [...known, made].sort((a, b) => a.label.localeCompare(b.label));
  customFields.put(connectionId, { value, pending: false, error: null, stamp });
  return made;
}

/** What an account calls a custom field, whichever account it is; undefined for one that is not known. */
export function useCustomLabel(): (field: string) => string | undefined {
  const loads = customFields.useLoads();
  return (field) =>
    Object.values(loads)
      .flatMap(({ value }) => value ?? [])
      .find((known) => known.field === field)?.label;
}
