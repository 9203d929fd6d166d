/**
 * Everything that the page and its server say to each other. The browser imports this file too, so it holds types
 * alone, and none of Node's.
 *
 * | route | asks | is answered |
 * |---|---|---|
 * | `GET /api/world` | | {@link WorldView} |
 * | `GET /api/events?as=PERSON` | | a stream of server-sent events, see {@link StreamEvents} |
 * | `GET /api/commands?as=PERSON&channel=CHANNEL` | | {@link CommandView}[] |
 * | `POST /api/command` | {@link CommandRequest} | {@link Outcome} |
 * | `POST /api/autocomplete` | {@link AutocompleteRequest} | {@link ChoiceView}[] |
 * | `POST /api/message-command` | {@link MessageCommandRequest} | {@link Outcome} |
 * | `POST /api/press` | {@link PressRequest} | {@link Outcome} |
 * | `POST /api/select` | {@link SelectRequest} | {@link Outcome} |
 * | `POST /api/submit` | {@link SubmitRequest} | {@link Outcome} |
 * | `POST /api/say` | {@link SayRequest} | {@link Said} |
 * | `POST /api/controls` | {@link ControlRequest} | {@link Control}[] |
 *
 * Every refusal is a {@link Refusal}: 400 for what no page would send, 403 for pages from elsewhere, 404 for what is
 * not there, 413 for what is too large, 422 for what Discord's client would not let this person do.
 */
import type { APIMessage } from 'discord-api-types/v10';

/** Why nothing was done, in a sentence for whoever reads the page. */
export interface Refusal {
  readonly error: string;
}

/** Who there is. It never changes while the server runs. */
export interface WorldView {
  /** The user id and name of the bot. */
  readonly bot: Named;
  readonly people: readonly PersonView[];
}

/** What has an id and a name that people read. */
export interface Named {
  readonly id: string;
  readonly name: string;
}

/** Somebody whom one can be. */
export interface PersonView extends Named {
  /** What they are, in a few words: "owns the server". */
  readonly role: string;
  /** The language of their client: `en-US`, `de`. */
  readonly locale: string;
}

/**
 * The events of a person's stream, by name, each with its data as JSON. `state` comes first, and again after every
 * reconnect: it replaces everything known before. Only what this person may see is in it.
 */
export interface StreamEvents {
  readonly state: StateView;
  /** A message is new or has been edited. */
  readonly message: ShownMessage;
  /** A message has been deleted. */
  readonly gone: { readonly channelId: string; readonly messageId: string };
  /** The servers or channels are others than before: a thread appeared, a channel went. */
  readonly places: PlacesView;
  /** The commands have changed: ask for them again. */
  readonly commands: Record<string, never>;
  readonly controls: readonly Control[];
}

/** Everything that a person sees now. */
export interface StateView extends PlacesView {
  /** Of all channels, oldest first. */
  readonly messages: readonly ShownMessage[];
  readonly controls: readonly Control[];
}

/** Where a person can be. */
export interface PlacesView {
  readonly servers: readonly ServerView[];
  /** The direct messages with the bot. */
  readonly dm: ChannelView;
}

/** A server that a person is a member of. */
export interface ServerView extends Named {
  readonly channels: readonly ChannelView[];
  /** Whom menus and options for people offer, the bot included. */
  readonly members: readonly Named[];
  /** Which roles menus and options for roles offer. */
  readonly roles: readonly Named[];
}

/** A channel, a thread or the direct messages with the bot. */
export interface ChannelView extends Named {
  /** Of a thread: the channel that it belongs to. A thread has the id of the message that it hangs on. */
  readonly parentId: string | null;
  readonly ageRestricted: boolean;
  /** Whether the bot may post here by itself; where not, it only answers commands. */
  readonly botMayPost: boolean;
  /** The largest file that this person may upload here, in bytes. */
  readonly uploadLimitBytes: number;
}

/** A message as a client has it. */
export interface ShownMessage {
  /** As Discord's REST API shows it. Addresses of files are paths on the page's own server. */
  readonly message: APIMessage;
  /** Only this person sees it. */
  readonly ephemeral: boolean;
  /** It notified this person when it was posted. */
  readonly pinged: boolean;
}

/** Something that a person can use: a slash command, each sub-command for itself, or an entry of a message's menu. */
export interface CommandView {
  readonly kind: 'slash' | 'message';
  /** What requests call it: `create`, `persona create`. */
  readonly command: string;
  /** What this person's client calls it; slash commands without the slash. */
  readonly name: string;
  /** Empty for entries of a message's menu. */
  readonly description: string;
  /** Required ones first. */
  readonly options: readonly OptionView[];
}

/** An option of a slash command. */
export interface OptionView {
  /** What requests call it. */
  readonly option: string;
  /** What this person's client calls it. */
  readonly name: string;
  readonly description: string;
  readonly kind:
    | 'string'
    | 'integer'
    | 'number'
    | 'boolean'
    | 'user'
    | 'channel'
    | 'role'
    | 'mentionable'
    | 'file';
  readonly required: boolean;
  /** Whether the bot offers choices while one types, see {@link AutocompleteRequest}. */
  readonly autocomplete: boolean;
  /** The only values that it takes; empty when it takes any. */
  readonly choices: readonly ChoiceView[];
  /** Least value of a number, or length of a text in characters; null without one. */
  readonly min: number | null;
  readonly max: number | null;
  /** What files it takes, by the end of their name in lower case: `.mp3`, `.mid`; empty for any. */
  readonly fileTypes: readonly string[];
}

/** A value that is offered, with the text that stands for it. */
export interface ChoiceView {
  readonly name: string;
  readonly value: string | number;
}

/** A file that a person hands in. */
export interface FileInput {
  readonly name: string;
  /** Its bytes in base64. */
  readonly base64: string;
}

/** What is filled into an option; people, roles and channels by their id. */
export type OptionInput = string | number | boolean | FileInput;

/** Who does something, and where. */
interface Act {
  /** The id of the person. */
  readonly as: string;
  readonly channel: string;
}

/** Uses a slash command. Options are named by {@link OptionView.option}. */
export interface CommandRequest extends Act {
  /** {@link CommandView.command} */
  readonly command: string;
  readonly options: Readonly<Record<string, OptionInput>>;
}

/** Types into an option: what stands in it so far is among the options, or nothing yet. */
export interface AutocompleteRequest extends CommandRequest {
  /** {@link OptionView.option} */
  readonly focused: string;
}

/** Uses an entry of a message's menu ("Apps"). */
export interface MessageCommandRequest extends Act {
  readonly message: string;
  readonly command: string;
}

/** Presses a button. */
export interface PressRequest extends Act {
  readonly message: string;
  readonly customId: string;
}

/** Chooses in a menu of a message; people, roles and channels by their id. */
export interface SelectRequest extends PressRequest {
  readonly values: readonly string[];
}

/** What is filled into a field of a modal; menus of any kind take a list of values. */
export type FieldInput = string | boolean | readonly string[] | readonly FileInput[];

/** Submits a modal. It can be submitted once, by whom it was opened for, within fifteen minutes. */
export interface SubmitRequest {
  readonly as: string;
  /** {@link ModalView.id} */
  readonly modal: string;
  /** By {@link FieldView.customId}; fields left out keep what stands in them. */
  readonly values: Readonly<Record<string, FieldInput>>;
}

/** Writes a message. */
export interface SayRequest extends Act {
  readonly content: string;
  readonly files: readonly FileInput[];
}

/** The message that was written; it comes by the stream too. */
export interface Said {
  readonly messageId: string;
}

/** The first answer of the bot, which comes within three seconds. Messages come by the stream. */
export type Outcome =
  | { readonly kind: 'message' | 'deferred' | 'update'; readonly messageId: string }
  | { readonly kind: 'modal'; readonly modal: ModalView }
  /** The bot did not answer in time; the sentence is that of Discord's client. */
  | { readonly kind: 'failed'; readonly sentence: string };

/** A modal to fill in. */
export interface ModalView {
  readonly id: string;
  readonly title: string;
  /** Texts and fields, from top to bottom. Texts are markdown. */
  readonly rows: readonly ({ readonly text: string } | { readonly field: FieldView })[];
}

/** A field of a modal. */
export interface FieldView {
  readonly customId: string;
  readonly label: string;
  readonly description: string | null;
  readonly kind: 'text' | 'paragraph' | 'select' | 'files' | 'radio' | 'checkboxes' | 'checkbox';
  readonly required: boolean;
  /** What stands there before anybody does anything. */
  readonly value: string | boolean | readonly string[];
  readonly placeholder: string | null;
  /** Least length of a text in characters, or number of values. */
  readonly min: number;
  readonly max: number;
  readonly options: readonly FieldOptionView[];
  /** What a menu offers that has no options of its own: see {@link ServerView}. */
  readonly entity: 'user' | 'role' | 'mentionable' | 'channel' | null;
}

/** An option of a field. */
interface FieldOptionView {
  readonly label: string;
  readonly value: string;
  readonly description: string | null;
}

/** The headings under which controls stand. */
export type ControlGroup = 'bot' | 'time' | 'limits' | 'permissions' | 'musicapi' | 'discord';

interface ControlBase {
  readonly id: string;
  readonly group: ControlGroup;
  readonly label: string;
  /** What the bot is expected to do then, in a sentence. */
  readonly expect: string;
}

/** Something about this world that can be changed while one watches the bot. */
export type Control =
  /** On or off; with `once` it goes off by itself as soon as it has had its effect. */
  | (ControlBase & { readonly kind: 'switch'; readonly on: boolean; readonly once: boolean })
  | (ControlBase & {
      readonly kind: 'choice';
      readonly value: string;
      readonly options: readonly { readonly value: string; readonly label: string }[];
    })
  /** Happens at once. */
  | (ControlBase & { readonly kind: 'action' });

/** Turns a control: a switch to true or false, a choice to one of its values, an action without a value. */
export interface ControlRequest {
  readonly control: string;
  readonly value?: boolean | string;
}
