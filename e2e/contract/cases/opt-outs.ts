import { type Case, documented } from '../case.ts';
import { at, hold, isBlank, list, same, text, time } from '../check.ts';
import { fileImport, type Imported, jsonImport, oddImport, somebodyOut } from '../fixtures.ts';
import type { World } from '../world.ts';

async function staysOut(world: World, { out, list: id }: Imported): Promise<void> {
  const person = await world.soon(() => world.person(out, 'list_memberships'));
  same(at(person, 'email_address', 'permission_to_send'), 'unsubscribed', 'permission_to_send after the import');
  hold(!list(at(person, 'list_memberships') ?? []).includes(id), 'Somebody who opted out was put on the list');
}

/** Permission: nobody is resubscribed (9). */
export const optOuts: Case[] = [
  documented('9', 'PUT with permission_to_send unsubscribed opts somebody out', async (world) => {
    const address = await somebodyOut(world);
    await world.soon(async () => {
      const person = await world.person(address);
      same(at(person, 'email_address', 'permission_to_send'), 'unsubscribed', 'permission_to_send');
    });
  }),
  documented('5.2', 'opt_out_source and opt_out_date are shown of who has opted out', async (world) => {
    const address = await somebodyOut(world);
    await world.soon(async () => {
      const person = await world.person(address);
      const source = text(person, 'email_address', 'opt_out_source');
      hold(source === 'Account' || source === 'Contact', 'opt_out_source is neither Account nor Contact');
      time(person, 'email_address', 'opt_out_date');
    });
  }),
  documented('5.1', 'status=unsubscribed finds who has opted out, status=active does not', async (world) => {
    const address = await somebodyOut(world);
    await world.soon(async () => {
      const found = await world.find(address, 'status=unsubscribed');
      hold(found !== undefined, 'status=unsubscribed does not find somebody who has opted out');
    });
    hold((await world.find(address, 'status=active')) === undefined, 'status=active finds somebody who has opted out');
  }),
  documented('5.1', 'optout_after holds', async (world) => {
    const address = await somebodyOut(world);
    const person = await world.soon(() => world.person(address));
    const out = time(person, 'email_address', 'opt_out_date');
    const day = (days: number) => encodeURIComponent(new Date(out + days * 86_400_000).toISOString());
    const found = (condition: string) => world.find(address, `status=unsubscribed&optout_${condition}`);
    await world.soon(async () =>
      hold((await found(`after=${day(-1)}`)) !== undefined, 'Not found as opted out after yesterday'),
    );
    hold((await found(`after=${day(1)}`)) === undefined, 'Found as opted out after tomorrow');
  }),
  documented('9', 'a CSV import leaves who opted out unsubscribed and off the list', async (world) => {
    await staysOut(world, await fileImport(world));
  }),
  documented('9', 'a JSON import leaves who opted out unsubscribed and off the list', async (world) => {
    await staysOut(world, await jsonImport(world));
  }),
  documented('9', 'who opted out is counted in cannot_add_to_list_count (CSV)', async (world) => {
    const { ended } = await fileImport(world);
    same(at(ended.body, 'status', 'cannot_add_to_list_count'), 1, 'cannot_add_to_list_count');
  }),
  documented('9', 'who opted out is counted in cannot_add_to_list_count (JSON)', async (world) => {
    const { ended } = await jsonImport(world);
    same(at(ended.body, 'status', 'cannot_add_to_list_count'), 1, 'cannot_add_to_list_count');
  }),
  documented('9', 'who opted out, was deleted and is imported again is still unsubscribed', async (world) => {
    const { deleted, list: id } = await oddImport(world);
    const person = await world.soon(() => world.person(deleted, 'list_memberships'));
    same(at(person, 'email_address', 'permission_to_send'), 'unsubscribed', 'permission_to_send');
    hold(!list(at(person, 'list_memberships') ?? []).includes(id), 'Somebody who opted out was put on the list');
  }),
  documented('6.2', 'an import makes new people implicit, opted in by the account', async (world) => {
    for (const { fresh } of [await fileImport(world), await jsonImport(world)]) {
      const person = await world.soon(() => world.person(fresh[0] ?? ''));
      same(at(person, 'email_address', 'permission_to_send'), 'implicit', 'permission_to_send');
      same(at(person, 'email_address', 'opt_in_source'), 'Account', 'opt_in_source');
      hold(isBlank(at(person, 'email_address', 'opt_out_date')), 'opt_out_date is there');
    }
  }),
  documented('6.2', 'an import leaves the permission of known people', async (world) => {
    for (const { known, permission } of [await fileImport(world), await jsonImport(world)]) {
      const person = await world.soon(() => world.person(known));
      same(at(person, 'email_address', 'permission_to_send'), permission, 'permission_to_send');
    }
  }),
];
