/** What the sonic endpoints answer that are done at once (docs.musicapi.ai; where a page was not to be had, its clients). */
import { z } from 'zod';
import type { OperationId, Request } from '../../domain/request.ts';
import type { TimedWord, ToolResult } from '../../domain/tool-result.ts';
import type { Answer } from '../answer.ts';
import { createMalformedError, readAccepted, readContent } from '../answers.ts';
import type { CallPlace } from '../errors.ts';
import type { Submission } from '../types.ts';
import { chooseClipId } from './clips.ts';
import { findPersona } from './persona.ts';
import { asRecord, contentOf, length, number, requiredNumber, text } from './wire.ts';

type ReadSubmission = (answer: Answer, place: CallPlace, request: Request) => Submission;

/** How long to wait while MusicAPI prepares files (client code of MusicAPI: about 3 s). */
const PREPARING_MS = 3_000;

const required = z.string().min(1);

/** Readers by operation; the others answer with a task. */
export const SONIC_TOOL_ANSWERS: Readonly<Partial<Record<OperationId, ReadSubmission>>> = {
  upload: readUpload,
  persona: readPersona,
  lyrics: (answer, place) => toolOf(readDrafts(answer, place)),
  tags: (answer, place) => {
    const { upsampled_tags: tags } = readContent(tagsSchema, answer, place);
    return toolOf({ kind: 'tags', tags });
  },
  wav: (answer, place) => {
    const { wav_url: url } = readContent(wavSchema, answer, place);
    return toolOf({ kind: 'files', files: [{ format: 'wav', url }] });
  },
  download: readDownload,
  midi: readMidi,
  timeline: (answer, place) => toolOf(readTimeline(answer, place)),
  bpm: (answer, place) => {
    const { avg_bpm, min_bpm, max_bpm } = readContent(tempoSchema, answer, place);
    return toolOf({ kind: 'tempo', averageBpm: avg_bpm, minBpm: min_bpm, maxBpm: max_bpm });
  },
  vox: (answer, place) => {
    const { vox_audio_id, vocal_start_s, vocal_end_s } = readContent(voxSchema, answer, place);
    const range = { startSeconds: vocal_start_s, endSeconds: vocal_end_s };
    return toolOf({ kind: 'vocals', voxAudioId: vox_audio_id, ...range });
  },
};

function toolOf(tool: ToolResult): Submission {
  return { clips: [], tool };
}

const uploadSchema = z.looseObject({ clip_id: required, title: text, audio_url: text, duration: length });

/** The clip can be heard where it came from; a form of the endpoint that answers with a task is understood too. */
function readUpload(answer: Answer, place: CallPlace, { file, title }: Request): Submission {
  const content = asRecord(contentOf(answer.body));
  if (content && !content.clip_id && content.task_id) return readAccepted(answer, place);
  const wire = readContent(uploadSchema, answer, place);
  const clip = {
    clipId: chooseClipId(wire.clip_id, wire.clip_id),
    state: 'succeeded',
    title: title ?? wire.title ?? (file && nameOf(file.name)),
    durationSeconds: wire.duration ?? file?.durationSeconds,
    audioUrl: wire.audio_url ?? file?.url,
  } as const;
  return { clips: [clip] };
}

/** The name of a file without its ending. */
function nameOf(name: string): string {
  return name.replace(/\.[a-z0-9]{1,5}$/i, '') || name;
}

function readPersona(answer: Answer, place: CallPlace, { name }: Request): Submission {
  readContent(z.looseObject({}), answer, place);
  const found = findPersona(contentOf(answer.body));
  if (!found) throw createMalformedError(answer, place);
  return toolOf({ ...found, name: found.name ?? name?.trim() });
}

const draftSchema = z.looseObject({ title: text, lyrics: required });
const draftsSchema = z.looseObject({ results: z.array(z.unknown()) });

/** The key is `results` and not `data`. A draft without lyrics is none. */
function readDrafts(answer: Answer, place: CallPlace): ToolResult {
  const { results } = readContent(draftsSchema, answer, place);
  const drafts = results.flatMap((result) => draftSchema.safeParse(result).data ?? []);
  if (drafts.length === 0) throw createMalformedError(answer, place);
  return { kind: 'lyrics', drafts: drafts.map(({ title, lyrics }) => ({ title, lyrics })) };
}

const tagsSchema = z.looseObject({ upsampled_tags: required });
const wavSchema = z.looseObject({ wav_url: required });
const fileSchema = z.looseObject({ format: text, url: required });
const filesSchema = z.looseObject({ files: z.array(z.unknown()) });

/** 202 means that the files are being prepared and that nothing was charged; its body says nothing. */
function readDownload(answer: Answer, place: CallPlace, { format: wanted = 'mp3' }: Request): Submission {
  if (answer.status === 202) return { preparingMs: answer.retryAfterMs ?? PREPARING_MS };
  const { files: found } = readContent(filesSchema, answer, place);
  const files = found.flatMap((element) => {
    const { data: file } = fileSchema.safeParse(element);
    return file ? [{ format: file.format?.toLowerCase() ?? wanted, url: file.url }] : [];
  });
  if (files.length === 0) throw createMalformedError(answer, place);
  return toolOf({ kind: 'files', files });
}

const instrumentSchema = z.looseObject({ name: text, notes: z.array(z.unknown()).catch([]) });
const midiSchema = z.looseObject({ midi_url: text, instruments: z.array(z.unknown()).catch([]) });

/**
 * It may have to be asked for again (a service with the same pages says so): until there is something, it is prepared.
 * That a 202 is free is known of downloads only; whether an answer without anything in it is, nowhere.
 */
function readMidi(answer: Answer, place: CallPlace): Submission {
  const preparing = { preparingMs: answer.retryAfterMs ?? PREPARING_MS };
  if (answer.status === 202) return preparing;
  const { midi_url: url, instruments: parts } = readContent(midiSchema, answer, place);
  const instruments = parts.flatMap((part) => {
    const { data } = instrumentSchema.safeParse(part);
    return data ? [{ name: data.name ?? '', notes: data.notes.length }] : [];
  });
  if (!url && instruments.length === 0) return { ...preparing, isPaid: true };
  return toolOf({ kind: 'midi', url, instruments });
}

const wordSchema = z.looseObject({ word: z.string(), start_s: requiredNumber, end_s: requiredNumber });
const timelineSchema = z.looseObject({ alignment: z.array(z.unknown()) });

/** A word without a time is of no use to anybody and left out. */
function readTimeline(answer: Answer, place: CallPlace): ToolResult {
  const { alignment } = readContent(timelineSchema, answer, place);
  const words = alignment.flatMap((element): TimedWord[] => {
    const { data } = wordSchema.safeParse(element);
    return data ? [{ word: data.word, startSeconds: data.start_s, endSeconds: data.end_s }] : [];
  });
  return { kind: 'timeline', words };
}

const tempoSchema = z.looseObject({ avg_bpm: requiredNumber, min_bpm: number, max_bpm: number });
const voxSchema = z.looseObject({ vox_audio_id: required, vocal_start_s: number, vocal_end_s: number });
