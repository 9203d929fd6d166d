/** What the catalogue says of one thing that one engine can do. */
import type { ClipSource, Engine, InputName, OperationId } from '../domain/request.ts';
import type { ToolResult } from '../domain/tool-result.ts';
import type { Words } from '../words/en.ts';

/** Bounds of one input: of a text its length in Unicode code points, of a number its value. */
export interface InputRule {
  readonly required?: true | undefined;
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  /** Of a prompt from which lyrics are written, beside tags or a title; `max` is for one that describes the song. */
  readonly briefMax?: number | undefined;
  /** Name of the option, where the command calls it something else. */
  readonly option?: string | undefined;
  /** What its field in forms is called, where that is something else. */
  readonly field?: keyof Words['operations']['fields'] | undefined;
}

/** The inputs that an operation takes, each with its bounds; one that is missing is refused. */
export type InputRules = { readonly [name in InputName]?: InputRule };

/** What a clip must be for an operation to work on it. */
export interface ClipNeed {
  readonly optional?: true | undefined;
  readonly source?: ClipSource | undefined;
  /** MusicAPI takes only clips younger than this. */
  readonly maxAgeMs?: number | undefined;
  /** Only what an extension made. */
  readonly extensionOnly?: true | undefined;
}

/** What an audio file must be. */
export interface FileNeed {
  readonly optional?: true | undefined;
  /** Its length has to be above this. */
  readonly minSeconds?: number | undefined;
  readonly maxSeconds: number;
  /** By content. Absent: every common one. */
  readonly kinds?: readonly ('mp3' | 'wav')[] | undefined;
}

/**
 * One thing that one engine can do: everything that validation, price, form, help, menu and card are made from. What it
 * is called and what it does is among the words (`operationWords`).
 */
export interface Operation {
  readonly engine: Engine;
  readonly id: OperationId;
  /** The slash command that asks for it. */
  readonly command: string;
  /** Path below the base address. */
  readonly path: string;
  /** Credits. */
  readonly price: number;
  /** MusicAPI takes nothing where the same was done for the same clip before. */
  readonly isFreeAgain?: true | undefined;
  /** The price is not the catalogue's: the balance showed it. */
  readonly isLearnt?: true | undefined;
  /** Its POST answers with a provider task, and so counts against the account's create rate. */
  readonly answersWithTask: boolean;
  /** Its POST takes the address of a webhook (docs.musicapi.ai/webhook-guide). */
  readonly takesWebhook: boolean;
  readonly result: 'clips' | 'stems' | ToolResult['kind'];
  /** Usual time to the end, for an estimate before there is history. */
  readonly typicalMs: number;
  readonly inputs: InputRules;
  readonly clip?: ClipNeed | undefined;
  readonly secondClip?: ClipNeed | undefined;
  readonly file?: FileNeed | undefined;
  /** A singer has to be named. */
  readonly persona?: true | undefined;
  /** Fields of its form, in order. Absent: it needs none. */
  readonly form?: readonly InputName[] | undefined;
}

/** A model as one may choose it. */
export interface Model {
  readonly id: string;
  /** Its proper name, the same in every language. */
  readonly label: string;
  /** What sets it apart. */
  readonly trait?: keyof Words['operations']['models'] | undefined;
}

/** Everything the catalogue says of one engine. */
export interface EngineData {
  readonly defaultModel: string;
  readonly models: readonly Model[];
  /** Ids of earlier models: still understood, and sent as the default model. In lower case. */
  readonly retiredModels: readonly string[];
  readonly operations: readonly Operation[];
}
