import { SegueError } from '../errors/segue-error.ts';

/** Up to here any ratio is harmless. */
export const harmlessBytes = 64 * 1024 * 1024;
/** Real tables pack 3 to 30 times, very repetitive ones 100 times; deflate's ceiling, which bombs approach, is 1,032 times. */
export const maxRatio = 300;
/** Beyond this a file is refused whatever its ratio. */
export const maxUnpackedBytes = 64 * 1024 * 1024 * 1024;

/**
 * A counter of *measured* unpacked bytes: what an archive claims about itself is not looked at.
 * The returned function takes the packed bytes read so far and the length of the newest unpacked chunk.
 * @throws SegueError `segment.archive-unsafe`
 */
export function guardRatio(fileName: string): (packedSoFar: number, chunkLength: number) => void {
  let unpacked = 0;
  return (packedSoFar, chunkLength) => {
    unpacked += chunkLength;
    const tooDense = unpacked > harmlessBytes && unpacked > packedSoFar * maxRatio;
    if (tooDense || unpacked > maxUnpackedBytes) throw new SegueError('segment.archive-unsafe', { file: fileName });
  };
}
