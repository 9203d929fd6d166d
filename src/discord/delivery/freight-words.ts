/** What a person is told about files that come in another form than MusicAPI made them. */
import { words } from '../../words/words.ts';
import { titleOf } from '../messages/clip-title.ts';
import type { Freight, LoadedClip, Shrinkage } from './freight.ts';
import type { LinkReason } from './link-message.ts';

const MIB = 1024 * 1024;

type ShrunkClip = LoadedClip & { readonly shrinkage: Shrinkage };

/** Says which files are missing, smaller or in another form, and why; undefined when all are as they were made. */
export function explainFreight({ clips, archive }: Freight): LinkReason | undefined {
  const left = clips.filter(({ missing }) => missing !== undefined);
  const shrunk = clips.filter(isShrunk);
  const sentences = [
    archive ? words().delivery.freight.archive({ files: clips.length }) : '',
    left.length > 0 ? explainMissing(left) : '',
    shrunk.length > 0 ? explainShrunk(shrunk, clips.length) : '',
  ].filter(Boolean);
  if (sentences.length === 0) return undefined;
  const links = clips.flatMap(({ clip, missing, shrinkage }) =>
    clip.audioUrl && (missing === 'too-large' || shrinkage)
      ? [{ name: titleOf(clip), url: clip.audioUrl }]
      : [],
  );
  return { reason: sentences.join(' '), links };
}

function isShrunk(loaded: LoadedClip): loaded is ShrunkClip {
  return loaded.shrinkage !== undefined;
}

function explainMissing(left: readonly LoadedClip[]): string {
  const say = words().delivery.freight;
  const files = left.length;
  const broken = left.find(({ missing }) => missing !== 'too-large');
  if (broken?.missing === 'not-audio') return say.notAudio({ files });
  return broken ? say.notGiven({ files }) : say.tooLarge({ files });
}

function explainShrunk(shrunk: readonly ShrunkClip[], count: number): string {
  const [first, ...others] = shrunk;
  if (!first) return '';
  return others.length === 0 && count === 1 ? explainOnly(first) : explainSeveral(first, shrunk);
}

function explainSeveral({ shrinkage }: ShrunkClip, shrunk: readonly ShrunkClip[]): string {
  const say = words().delivery.freight;
  const files = shrunk.length;
  const lowest = Math.min(...shrunk.map((one) => one.shrinkage.kbps ?? Number.POSITIVE_INFINITY));
  const sound = describeSound(Number.isFinite(lowest) ? lowest : undefined, files > 1);
  if (shrinkage.isRefused) return say.someRefused({ files, sound });
  return say.someLimited({ files, sound, limit: formatLimit(shrinkage.limitBytes) });
}

function explainOnly({ files, shrinkage }: ShrunkClip): string {
  const { originalBytes, limitBytes, isRefused, kbps } = shrinkage;
  const say = words().delivery.freight;
  const size = formatSize(originalBytes);
  const why = isRefused ? say.refused({ size }) : say.limited({ size, limit: formatLimit(limitBytes) });
  const sound = describeSound(kbps, false);
  if (files.length > 1) return say.pieces({ why, pieces: files.length, sound });
  return kbps === undefined ? say.lossless({ why }) : say.lossy({ why, sound });
}

function describeSound(kbps: number | undefined, isLeast: boolean): string {
  const { sounds } = words().delivery.freight;
  if (kbps === undefined) return sounds.lossless;
  return isLeast ? sounds.mp3OrBetter({ kbps }) : sounds.mp3({ kbps });
}

/** Rounded up: one byte too many is too many. */
function formatSize(bytes: number): string {
  return words().delivery.freight.size({ mebibytes: Math.ceil((bytes / MIB) * 10) / 10 });
}

function formatLimit(bytes: number): string {
  return words().delivery.freight.limit({ mebibytes: Math.floor((bytes / MIB) * 10) / 10 });
}
