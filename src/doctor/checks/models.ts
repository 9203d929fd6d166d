import { type Answer, findText } from '../../musicapi/answer.ts';
import { readAccepted } from '../../musicapi/answers.ts';
import { type CallPlace, MusicApiError } from '../../musicapi/errors.ts';
import type { Check, Context } from '../check.ts';
import { type Finding, found } from '../outcomes.ts';

/** No model has this name, so the refusal lists those that there are. */
const NO_MODEL = 'x';

/** One more than a title may have (docs.musicapi.ai/sonic-instructions). */
const LONG_TITLE = 'x'.repeat(81);

/**
 * Whether MusicAPI takes the models of the catalogue. It is asked to make a song that it must refuse: 400 and nothing
 * spent. The text of the refusal says what is wrong first, and a model that does not exist comes first.
 */
export const models: Check = {
  id: 'musicapi-models',
  title: 'Models',
  needs: ['musicapi', 'catalogue'],
  async run(context, signal) {
    const catalogue = await context.getCatalogue();
    const wanted = catalogue.models('sonic').map(({ id }) => id);
    const first = await ask(context, NO_MODEL, signal);
    if (first.isTaken) return [judgeTaken()];
    if (!isAboutModel(first)) return [judgeUnclear(first)];
    const listed = new Set(first.text.match(/[\w.]+(?:-[\w.]+)+/g));
    const refused: string[] = [];
    // MusicAPI takes some ids that it does not list: those of earlier models.
    for (const id of wanted.filter((one) => !listed.has(one))) {
      const answer = await ask(context, id, signal);
      if (answer.isTaken) return [judgeTaken()];
      if (answer.status !== 400) return [judgeUnclear(answer)];
      if (isAboutModel(answer)) refused.push(id);
    }
    return [judgeModels(wanted, refused, catalogue.defaultModel('sonic'))];
  },
};

interface Refusal {
  readonly status: number;
  readonly text: string;
  /** It was none: there is a task now. */
  readonly isTaken: boolean;
}

/**
 * Asks for a song by this model that can never be made, for two reasons besides the model: its title is too long, and
 * it has no description (both answered with 400: docs.musicapi.ai/error-handling).
 */
async function ask({ config, musicApi }: Context, model: string, signal: AbortSignal): Promise<Refusal> {
  const body = { custom_mode: false, mv: model, title: LONG_TITLE, use_suno_cdn: false };
  // As a call that spends it is never sent twice.
  const call = { method: 'POST', path: '/sonic/create', body, spends: true, read: readRefusal } as const;
  try {
    return await musicApi.send(call, { key: config.musicApiKey, signal });
  } catch (error) {
    if (!(error instanceof MusicApiError)) throw error;
    return { status: error.status ?? 503, text: error.text, isTaken: false };
  }
}

function readRefusal(answer: Answer, place: CallPlace): Refusal {
  const text = findText(answer) ?? `HTTP ${answer.status} without a reason`;
  return { status: answer.status, text, isTaken: isTaken(answer, place) };
}

function isTaken(answer: Answer, place: CallPlace): boolean {
  try {
    readAccepted(answer, place);
    return true;
  } catch {
    return false;
  }
}

function isAboutModel({ status, text }: Refusal): boolean {
  return status === 400 && /\bmv\b|\bmodel\b/i.test(text);
}

function judgeModels(wanted: readonly string[], refused: readonly string[], byDefault: string): Finding {
  if (refused.length === 0)
    return found('musicapi-models', 'accepted', `MusicAPI takes the models ${wanted.join(', ')}.`);
  const outcome = refused.includes(byDefault) ? 'default-refused' : 'some-refused';
  const fix = 'Update Encore, or name the present models in the file of MUSICAPI_CATALOGUE.';
  return found('musicapi-models', outcome, `MusicAPI does not take the model ${refused.join(', ')}.`, fix);
}

function judgeUnclear({ text }: Refusal): Finding {
  const words = `Which models MusicAPI takes could not be found out (${text}).`;
  return found('musicapi-models', 'unclear', words, 'Try again in a minute; songs may work all the same.');
}

function judgeTaken(): Finding {
  const words = 'MusicAPI took a request that was made to be refused, and may have charged for it.';
  const fix =
    'Look at the balance, report it as a bug of Encore, and do not run this again until it is mended.';
  return found('musicapi-models', 'taken', words, fix);
}
