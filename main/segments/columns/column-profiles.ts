import type { ProfileView } from '../../../preload/contract/views.ts';
import { keptProfile, type ProfiledStage } from './profile-stage.ts';

/**
 * Profiles of segments' columns, made when they are asked for the first time and kept beside the stage. Who asks for one
 * that is being made waits for the same.
 */
export function createColumnProfiles(make: (stage: ProfiledStage, signal: AbortSignal) => Promise<ProfileView>) {
  const making = new Map<string, { readonly profile: Promise<ProfileView>; readonly abort: AbortController }>();
  return {
    /** Throws `cancelled` when the segment goes away meanwhile. */
    async get(stage: ProfiledStage): Promise<ProfileView> {
      const { stageFile } = stage;
      const known = making.get(stageFile);
      if (known !== undefined) return known.profile;
      const abort = new AbortController();
      const profile = keptProfile(stage).then((kept) => kept ?? make(stage, abort.signal));
      making.set(stageFile, { profile, abort });
      try {
        return await profile;
      } finally {
        making.delete(stageFile);
      }
    },
    /** Nobody wants the profile of this stage any more. */
    forget(stageFile: string): void {
      making.get(stageFile)?.abort.abort();
    },
  };
}
