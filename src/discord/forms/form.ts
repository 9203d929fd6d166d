/** Forms (modals): everything that is known of a draft stands in them, also what was refused, as it was typed. */
import type { APIModalInteractionResponseCallbackData } from 'discord-api-types/v10';
import { type ClipReference, ENGINES, type PersonaReference } from '../../domain/request.ts';
import { INPUT_NAMES, optionNameOf } from '../../musicapi/inputs.ts';
import type { Operation } from '../../musicapi/operation.ts';
import { words } from '../../words/words.ts';
import { readAudioFile } from '../drafts/attached-audio.ts';
import type { Draft, Unread } from '../drafts/drafts.ts';
import { type CustomId, encodeId } from '../messages/custom-ids.ts';
import { oneLine } from '../messages/text.ts';
import { isContinued, isHidden, nameOf, readField } from './field-values.ts';
import { CONTINUED, FILE, type Field, isField, isWritten } from './form-fields.ts';
import { buildFileLabel, buildLabels } from './form-labels.ts';
import type { SentForm } from './interaction-fields.ts';
import { joinText } from './long-text.ts';

/** Discord takes at most five labels in a form. */
const MAX_FIELDS = 5;

/** What a form is made from. */
interface FormPlan {
  /** The catalogue's entry of the draft. */
  readonly operation: Operation;
  readonly draft: Draft;
  /** What its submission means. */
  readonly id: CustomId;
  /** Opens the title. */
  readonly verb: string;
  /** Title of the song that it is about. @defaultValue the one that was asked for */
  readonly about?: string | undefined;
  /** Options of which something was found: their fields come first where five are too few. */
  readonly found?: readonly string[];
}

/**
 * Whether a draft has a form at all: there is something in it, or to put into it.
 *
 * @param found - options of which something was found
 */
export function hasForm(operation: Operation, draft: Draft, found: readonly string[] = []): boolean {
  const isFileWrong = operation.file !== undefined && found.includes(FILE);
  return isFileWrong || ownFields(operation, draft).length > 0 || typedFields(operation, draft).length > 0;
}

/**
 * Builds a form: the fields of the operation, and one for everything else that was typed, while there is room.
 *
 * @throws RangeError when there is none, see `hasForm`.
 */
export function buildForm(plan: FormPlan): APIModalInteractionResponseCallbackData {
  const { operation, draft, id, verb, about = draft.inputs.title ?? draft.inputs.name, found = [] } = plan;
  if (!hasForm(operation, draft, found)) throw new RangeError(`${operation.id} has no form`);
  const { fields, hasFile } = chooseFields(operation, draft, found);
  return {
    title: oneLine(about ? words().forms.titled({ verb, about }) : verb, 45),
    custom_id: encodeId(id),
    components: [
      ...fields.flatMap((field) => buildLabels(operation, draft, field)),
      ...(hasFile ? [buildFileLabel(draft)] : []),
    ],
  };
}

/**
 * Reads the sent form over the draft that it was opened with. An emptied field takes its value back, unless the value
 * was too long to stand there. What has no field stays as it was.
 */
export function readForm(operation: Operation, draft: Draft, { texts, files }: SentForm): Draft {
  const inputs: Record<string, unknown> = { ...draft.inputs };
  const unread: Record<string, Unread> = { ...draft.unread };
  let { clip, secondClip, persona, engine, lyricsFile, file } = draft;
  for (const [id, text] of Object.entries(texts)) {
    if (!isField(id)) continue;
    const typed = joinText(text, texts[CONTINUED[id] ?? '']);
    if (typed === '' && isHidden(draft, id)) continue;
    delete unread[id];
    if (id === 'clip') clip = operation.clip?.optional && typed === '' ? undefined : renamed(clip, typed);
    else if (id === 'secondClip') secondClip = renamed(secondClip, typed);
    else if (id === 'persona') persona = renamed(persona, typed);
    else {
      const { value, problem } = readField(operation, id, typed);
      if (id === 'engine') engine = ENGINES.find((one) => one === value);
      else inputs[id] = value;
      if (problem !== undefined) unread[id] = { text: typed, problem };
      // What is typed takes the place of the file.
      if (id === 'lyrics' && typed !== '') lyricsFile = undefined;
    }
  }
  const [attachment] = files[FILE] ?? [];
  if (attachment) {
    delete unread[FILE];
    file = readAudioFile(attachment, unread);
  }
  return { ...draft, inputs, unread, clip, secondClip, persona, engine, lyricsFile, file };
}

/** Fields that the form has in any case, in their order. */
function ownFields({ form = [], secondClip }: Operation, { isComposed }: Draft): readonly Field[] {
  if (isComposed) return ['title', 'tags', 'lyrics'];
  return [...(secondClip && form.length > 0 ? (['secondClip'] as const) : []), ...form];
}

/** Fields with something that a person typed as text, or that could not be read. */
function typedFields({ inputs }: Operation, draft: Draft): readonly Field[] {
  const names = INPUT_NAMES.filter(
    (name) => inputs[name] && isWritten(name) && typeof draft.inputs[name] === 'string',
  );
  return [...Object.keys(draft.unread ?? {}).filter(isField), ...names];
}

function chooseFields(operation: Operation, draft: Draft, found: readonly string[]) {
  const own = ownFields(operation, draft);
  const typed = typedFields(operation, draft);
  const blamed = found.flatMap((option) => fieldsNamed(operation, draft, option));
  const chosen = new Set<Field>();
  // Audio of a clip is no file that somebody could change.
  const isFileOpen = operation.file !== undefined && !draft.clip;
  const isFileWrong = isFileOpen && found.includes(FILE);
  let room = isFileWrong ? MAX_FIELDS - 1 : MAX_FIELDS;
  for (const field of [...blamed, ...typed.filter((one) => own.includes(one)), ...typed, ...own]) {
    const size = isContinued(draft, field) ? 2 : 1;
    if (chosen.has(field) || size > room) continue;
    chosen.add(field);
    room -= size;
  }
  const fields = [
    ...own.filter((field) => chosen.has(field)),
    ...[...chosen].filter((field) => !own.includes(field)),
  ];
  return { fields, hasFile: isFileWrong || (isFileOpen && room > 0) };
}

/** The fields that a finding is about, by the name of its option. */
function fieldsNamed({ inputs, clip }: Operation, draft: Draft, option: string): readonly Field[] {
  if (option === 'clip') return draft.clip || clip?.optional ? ['clip'] : [];
  if (option === 'second') return ['secondClip'];
  if (isField(option)) return [option];
  return INPUT_NAMES.filter((name) => optionNameOf(name, inputs[name]) === option);
}

/** What was not changed keeps its reference, and with it the right to it. */
function renamed<Reference extends ClipReference | PersonaReference>(
  named: Reference | string | undefined,
  typed: string,
): Reference | string | undefined {
  return typed === '' || nameOf(named) === typed ? named : typed;
}
