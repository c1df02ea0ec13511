import { useEffect } from 'react';
import type { ProfileView, SegmentView } from '../../preload/contract/views.ts';
import { call } from '../bridge/client.ts';
import { createLoads } from './keyed-loads.ts';

const profiles = createLoads<ProfileView>((segmentId) => call('segments.getProfile', { segmentId }));

export type Profiles = Readonly<Record<string, ProfileView>>;

/** What is known of the columns of segments that have been read; asked for when it is not there yet. */
export function useProfiles(segments: readonly SegmentView[]): Profiles {
  const loads = profiles.useLoads();
  const wanted = JSON.stringify(
    segments.filter(({ state }) => state === 'ready').map(({ segmentId, readAt }) => [segmentId, String(readAt)]),
  );
  useEffect(() => {
    for (const [segmentId, stamp] of JSON.parse(wanted) as [string, string][]) void profiles.load(segmentId, stamp);
  }, [wanted]);
  const known = (JSON.parse(wanted) as [string, string][]).flatMap(([segmentId, stamp]) => {
    const loaded = loads[segmentId];
    return loaded?.stamp === stamp && loaded.value !== null ? [[segmentId, loaded.value] as const] : [];
  });
  return Object.fromEntries(known);
}
