import type { Command, MessageCommand } from '../src/discord/interactions/command.ts';
import add from './add.ts';
import batch from './batch.ts';
import clip from './clip.ts';
import compose from './compose.ts';
import concat from './concat.ts';
import cover from './cover.ts';
import create from './create.ts';
import credits from './credits.ts';
import exportFile from './export.ts';
import extend from './extend.ts';
import { helpWith } from './help.ts';
import inspect from './inspect.ts';
import library from './library.ts';
import lyrics from './lyrics.ts';
import mashup from './mashup.ts';
import persona from './persona.ts';
import privacy from './privacy.ts';
import remaster from './remaster.ts';
import replace from './replace.ts';
import sample from './sample.ts';
import settings from './settings.ts';
import songFrom from './song-from.ts';
import stems from './stems.ts';
import tags from './tags.ts';
import tasks from './tasks.ts';
import upload from './upload.ts';
import useAudio from './use-audio.ts';
import voice from './voice.ts';

const OTHERS: readonly Command[] = [
  create,
  compose,
  batch,
  extend,
  cover,
  stems,
  remaster,
  concat,
  replace,
  add,
  mashup,
  sample,
  upload,
  persona,
  voice,
  exportFile,
  inspect,
  lyrics,
  tags,
  tasks,
  library,
  clip,
  credits,
  settings,
  privacy,
];

/** Every command there is, in the order in which Discord is told of them. */
export const COMMANDS: readonly Command[] = [...OTHERS, helpWith(OTHERS)];

/** The entries of a message's context menu. */
export const MESSAGE_COMMANDS: readonly MessageCommand[] = [useAudio, songFrom];
