import type { FastifyInstance } from 'fastify';
import type { Context } from '../context.ts';
import { registerAlignedLyrics } from './aligned-lyrics.ts';
import { registerBatch } from './batch.ts';
import { registerBpm } from './bpm.ts';
import { registerDownload } from './download.ts';
import { registerLyrics } from './lyrics.ts';
import { registerMidi } from './midi.ts';
import { registerPersona } from './persona.ts';
import { registerUpload } from './upload.ts';
import { registerUpsampleTags } from './upsample-tags.ts';
import { registerVoice } from './voice.ts';
import { registerVox } from './vox.ts';
import { registerWav } from './wav.ts';

/** Everything that sonic does besides making songs, and batches of songs. All but voices and batches answer at once and do not count against the create rate. */
export function registerTools(app: FastifyInstance, context: Context): void {
  registerUpload(app, context);
  registerWav(app, context);
  registerDownload(app, context);
  registerMidi(app, context);
  registerBpm(app, context);
  registerVox(app, context);
  registerAlignedLyrics(app, context);
  registerUpsampleTags(app, context);
  registerLyrics(app, context);
  registerPersona(app, context);
  registerVoice(app, context);
  registerBatch(app, context);
}
