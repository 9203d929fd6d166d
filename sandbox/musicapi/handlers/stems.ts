import type { FastifyInstance } from 'fastify';
import { acceptTask, admitCreate, formatStarted } from '../accept.ts';
import { getDoneClip } from '../clip-checks.ts';
import type { Clip } from '../clips.ts';
import type { Context } from '../context.ts';
import { badRequest } from '../errors.ts';
import { parseBody } from '../fields.ts';
import { deriveUuid } from '../ids.ts';
import { type BasicStemName, FULL_STEMS, type PartName } from '../synth/parts.ts';
import { clipBodySchema } from '../tool.ts';

const BASIC_ORDER = ['Vocals', 'Drums', 'Bass', 'Other'] as const satisfies readonly BasicStemName[];

/** `POST /sonic/stems/basic` and `POST /sonic/stems/full`. */
export function registerStems(app: FastifyInstance, context: Context): void {
  for (const kind of ['basic', 'full'] as const) {
    app.post(`/sonic/stems/${kind}`, async (request) => {
      const key = admitCreate(context, request.headers.authorization);
      const body = parseBody(clipBodySchema, request.body);
      const source = getDoneClip(context, key, body.clip_id, 'clip_id');
      if (source.origin === 'stem') throw badRequest('The clip is a stem already.');
      const task = acceptTask(context, {
        key,
        operation: `stems/${kind}`,
        body,
        planClips: (taskId, createdAt) => planStems({ kind, source, key, taskId, createdAt }),
      });
      return formatStarted(task);
    });
  }
}

interface StemsOrder {
  readonly kind: 'basic' | 'full';
  readonly source: Clip;
  readonly key: string;
  readonly taskId: string;
  readonly createdAt: number;
}

/** One clip per part, named by its title. */
function planStems(order: StemsOrder): Clip[] {
  // A stem has neither the file of an upload nor a place in an extended song.
  const { file: _file, continues: _continues, ...source } = order.source;
  const build = (name: BasicStemName | PartName, selection: Clip['audio']['selection']): Clip => ({
    ...source,
    clipId: deriveUuid(order.taskId, 'stem', name),
    key: order.key,
    origin: 'stem',
    taskId: order.taskId,
    title: name,
    createdAt: order.createdAt,
    audio: { song: order.source.audio.song, selection },
  });
  return order.kind === 'basic'
    ? BASIC_ORDER.map((name) => build(name, `basic:${name}`))
    : FULL_STEMS.map((name) => build(name, `full:${name}`));
}
