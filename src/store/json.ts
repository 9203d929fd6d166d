/** Schemas of the JSON columns. The compiler holds them to the domain types, in both directions. */
import { z } from 'zod';
import type { Clip } from '../domain/clip.ts';
import type { AttemptedPart, PostedPart } from '../domain/delivery.ts';
import type { Origin } from '../domain/origin.ts';
import {
  type AudioFile,
  type ClipReference,
  DOWNLOAD_FORMATS,
  ENGINES,
  OPERATION_IDS,
  type PersonaReference,
  type Request,
  VARIATIONS,
  VOCALS,
} from '../domain/request.ts';
import { FAILURE_KINDS, type Failure, type Preparation, SETBACKS } from '../domain/task.ts';
import type { ToolResult } from '../domain/tool-result.ts';
import { describes } from './stored-data.ts';

const text = z.string();
const optionalText = z.string().optional();
const optionalNumber = z.number().optional();
const engine = z.enum(ENGINES);

const clipReference = describes<ClipReference>()(
  z.object({ clipId: text, engine, source: z.enum(['generated', 'uploaded']) }),
);

/** `tasks.request`. */
export const REQUEST = describes<Request>()(
  z.object({
    operation: z.enum(OPERATION_IDS),
    engine,
    clip: clipReference.optional(),
    secondClip: clipReference.optional(),
    file: describes<AudioFile>()(
      z.object({ url: text, name: text, durationSeconds: optionalNumber }),
    ).optional(),
    persona: describes<PersonaReference>()(z.object({ personaId: text, name: text })).optional(),
    prompt: optionalText,
    lyrics: optionalText,
    tags: optionalText,
    title: optionalText,
    avoid: optionalText,
    model: optionalText,
    instrumental: z.boolean().optional(),
    vocals: z.enum(VOCALS).optional(),
    durationSeconds: optionalNumber,
    styleWeight: optionalNumber,
    weirdness: optionalNumber,
    strength: optionalNumber,
    atSeconds: optionalNumber,
    lengthSeconds: optionalNumber,
    fromSeconds: optionalNumber,
    toSeconds: optionalNumber,
    variation: z.enum(VARIATIONS).optional(),
    name: optionalText,
    describe: optionalText,
    format: z.enum(DOWNLOAD_FORMATS).optional(),
  }),
);

const timedWord = z.object({ word: text, startSeconds: z.number(), endSeconds: z.number() });

/** Part of `tasks.details`. */
const TOOL_RESULT = describes<ToolResult>()(
  z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('lyrics'),
      drafts: z.array(z.object({ title: optionalText, lyrics: text })),
    }),
    z.object({ kind: z.literal('tags'), tags: text }),
    z.object({ kind: z.literal('files'), files: z.array(z.object({ format: text, url: text })) }),
    z.object({
      kind: z.literal('midi'),
      url: optionalText,
      instruments: z.array(z.object({ name: text, notes: z.number() })),
    }),
    z.object({
      kind: z.literal('tempo'),
      averageBpm: z.number(),
      minBpm: optionalNumber,
      maxBpm: optionalNumber,
    }),
    z.object({
      kind: z.literal('vocals'),
      voxAudioId: text,
      startSeconds: optionalNumber,
      endSeconds: optionalNumber,
    }),
    z.object({ kind: z.literal('timeline'), words: z.array(timedWord) }),
    z.object({ kind: z.literal('persona'), personaId: text, name: optionalText }),
  ]),
);

/** `tasks.origin`. */
export const ORIGIN = describes<Origin>()(
  z.object({
    applicationId: text,
    interactionId: text,
    token: text,
    tokenExpiresAt: z.number(),
    context: z.enum(['guild', 'bot-dm', 'private-channel']),
    guildId: optionalText,
    channelId: text,
    userId: text,
    userName: text,
    locale: text,
    serverLocale: optionalText,
    userInstallOnly: z.boolean(),
    botCanPost: z.boolean(),
    botCanLook: z.boolean(),
    attachmentLimitBytes: z.number(),
    isPrivate: z.boolean().optional(),
    results: z.enum(['thread', 'direct-message']).optional(),
    hasCopy: z.literal(true).optional(),
    isSilent: z.literal(true).optional(),
  }),
);

const failure = describes<Failure>()(z.object({ kind: z.enum(FAILURE_KINDS), text }));

const webhook = z.literal(true).optional();
const preparation = describes<Preparation>()(z.object({ sinceAt: z.number(), times: z.number() })).optional();

/** `tasks.details`: what each state has beyond the columns. */
export const DETAILS = {
  queued: z.object({ setback: z.enum(SETBACKS).optional(), preparation }),
  submitting: z.object({ submittingAt: z.number(), preparation, webhook, withdrawnBy: optionalText }),
  running: z.object({ listenUrl: optionalText, webhook }),
  succeeded: z.object({ tool: TOOL_RESULT.optional() }),
  failed: z.object({ failure }),
  expired: z.object({ expiredAt: z.number() }),
  cancelled: z.object({ cancelledBy: text }),
  unknown: z.object({ failure, unknownAt: z.number(), settled: z.boolean(), webhook }),
  abandoned: z.object({ abandonedBy: text, abandonedAt: z.number() }),
} as const;

/** The part of a clip that is only shown. */
export type ClipData = Pick<
  Clip,
  'title' | 'tags' | 'lyrics' | 'prompt' | 'model' | 'durationSeconds' | 'audioUrl' | 'imageUrl'
>;

/** `clips.data`. */
export const CLIP_DATA = describes<ClipData>()(
  z.object({
    title: optionalText,
    tags: optionalText,
    lyrics: optionalText,
    prompt: optionalText,
    model: optionalText,
    durationSeconds: optionalNumber,
    audioUrl: optionalText,
    imageUrl: optionalText,
  }),
);

const route = z.enum(['channel', 'follow-up', 'direct-message']);

/** `deliveries.clip_ids`. */
export const CLIP_IDS = z.array(text);

/** `deliveries.posted`. */
export const POSTED = describes<PostedPart[]>()(
  z.array(
    z.object({
      part: z.number(),
      count: z.number(),
      route,
      channelId: text,
      messageId: optionalText,
      isHidden: z.literal(true).optional(),
    }),
  ),
);

/** `deliveries.attempt`. */
export const ATTEMPT = describes<AttemptedPart>()(
  z.object({ part: z.number(), count: z.number(), route, channelId: optionalText, startedAt: z.number() }),
);
