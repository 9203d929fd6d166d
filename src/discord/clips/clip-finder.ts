import type { BaseInteraction } from 'discord.js';
import { CLIP_ID_PATTERN, type Clip, referenceOf } from '../../domain/clip.ts';
import type { ClipReference } from '../../domain/request.ts';
import { UserError } from '../../errors.ts';
import { findClip, isSharedIn, searchClips } from '../../store/clips.ts';
import type { Store } from '../../store/open.ts';
import { words } from '../../words/words.ts';
import type { DiscordApi } from '../api/api.ts';
import { codeOf } from '../api/api-errors.ts';
import type { FileLook } from '../drafts/attached-audio.ts';
import type { Choice } from '../interactions/command.ts';
import { titleOf } from '../messages/clip-title.ts';
import { listCustomIds } from '../messages/message-ids.ts';
import { formatDuration, messageLink, oneLine } from '../messages/text.ts';
import { findLinkedClip } from '../recipe/linked-recipe.ts';

/** A clip that somebody named: its reference, and what we know of it, if anything. */
export interface FoundClip {
  readonly reference: ClipReference;
  readonly clip?: Clip | undefined;
}

/** Somebody in a place. */
interface Asker {
  readonly user: { readonly id: string };
  readonly guildId: string | null;
}

const MESSAGE_LINK = /^<?https?:\/\/(?:\w+\.)?discord(?:app)?\.com\/channels\/(@me|\d+)\/(\d+)\/(\d+)>?$/;

/** A snowflake of today. */
const MESSAGE_ID = /^\d{17,20}$/;

/** Discord takes at most this many suggestions, each with a name of at most so many characters. */
const MAX_CHOICES = 25;
const MAX_CHOICE_LENGTH = 100;

const SHOWN_ID_LENGTH = 8;

/** Finds the clip that a person means, within what that person may use in that place. */
export class ClipFinder {
  readonly #store: Store;
  readonly #api: DiscordApi;
  readonly #look: FileLook;

  /** @param look - into files, for what they say of themselves */
  constructor(store: Store, api: DiscordApi, look: FileLook) {
    this.#store = store;
    this.#api = api;
    this.#look = look;
  }

  /**
   * Reads a `clip` option: a clip id, a link to a message with a clip card or with a file that says which clip it is
   * (in the same channel also the message's id), or a list entry (whose value is the id). An id that we do not know is
   * taken as a generated sonic clip.
   *
   * @throws UserError when it is none of these, or a clip that was not shared with this person.
   */
  async find(text: string, interaction: BaseInteraction): Promise<FoundClip> {
    const link = MESSAGE_LINK.exec(text.trim());
    const reference = link ? await this.#readLink(link, interaction) : readId(text);
    const clip = await findClip(this.#store.db, reference.clipId);
    if (!clip)
      return (!link && (await this.#findByMessageId(reference.clipId, interaction))) || { reference };
    await this.#requireOpen(clip, interaction);
    return { reference: referenceOf(clip), clip };
  }

  /**
   * A clip that a list named: what was listed may have been deleted or moved since, and messages may be forwarded.
   *
   * @throws UserError when it is not for this person in this place.
   */
  async findListed(reference: ClipReference, asker: Asker): Promise<FoundClip> {
    const clip = await findClip(this.#store.db, reference.clipId);
    if (clip) await this.#requireOpen(clip, asker);
    return { reference, clip };
  }

  /** Clips from direct messages, private answers and other servers are only for their owner. */
  async #requireOpen(clip: Clip, { user, guildId }: Asker): Promise<void> {
    if (clip.ownerId === user.id) return;
    const { notShared, deleted } = words().clips.finding;
    if (guildId === null || !(await isSharedIn(this.#store.db, clip, guildId)))
      throw new UserError(notShared);
    if (clip.deletedAt !== undefined) throw new UserError(deleted);
  }

  /** Notes when a `clip` option can be no clip, or none from here. Needs no I/O. */
  checkName(text: string, interaction: BaseInteraction, findings: string[]): void {
    const link = MESSAGE_LINK.exec(text.trim());
    const finding = link ? explainElsewhere(link, interaction) : explainNoId(text);
    if (finding) findings.push(finding);
  }

  /** The clip of a pressed button. That the button stands there is the proof that the person may use it. */
  async findPressed(reference: ClipReference): Promise<FoundClip> {
    return { reference, clip: await findClip(this.#store.db, reference.clipId) };
  }

  /** Suggestions for what was typed: own clips, and those that were delivered publicly in this server. */
  async complete(typed: string, interaction: BaseInteraction): Promise<readonly Choice[]> {
    const clips = await searchClips(this.#store.db, {
      text: typed,
      userId: interaction.user.id,
      guildId: interaction.guildId ?? undefined,
      limit: MAX_CHOICES,
    });
    return clips.map((clip) => ({ name: describeChoice(clip), value: clip.clipId }));
  }

  /** Ids of messages look like those of clips. */
  async #findByMessageId(text: string, interaction: BaseInteraction): Promise<FoundClip | undefined> {
    if (!MESSAGE_ID.test(text)) return undefined;
    const { guildId, channelId } = interaction;
    try {
      return await this.find(messageLink(guildId ?? undefined, channelId ?? '', text), interaction);
    } catch (error) {
      if (error instanceof UserError) return undefined;
      throw error;
    }
  }

  async #readLink(link: RegExpExecArray, interaction: BaseInteraction): Promise<ClipReference> {
    const elsewhere = explainElsewhere(link, interaction);
    if (elsewhere) throw new UserError(elsewhere);
    const [, , channelId = '', messageId = ''] = link;
    let unseen = false;
    try {
      const message = await this.#api.getMessage(channelId, messageId);
      const isOurs = message.author.id === interaction.client.user.id;
      for (const id of isOurs ? listCustomIds(message) : []) if ('clip' in id) return id.clip;
      const named = await findLinkedClip(message, this.#look);
      if (named) return named;
      unseen = !isOurs && message.attachments.length === 0;
    } catch (error) {
      if (codeOf(error) === undefined) throw error;
      throw new UserError(words().clips.finding.unreadable);
    }
    const { noCard } = words().clips.finding;
    throw new UserError(unseen ? `${noCard} ${words().recipe.notSeen}` : noCard);
  }
}

function readId(text: string): ClipReference {
  const finding = explainNoId(text);
  if (finding) throw new UserError(finding);
  return { clipId: text.trim(), engine: 'sonic', source: 'generated' };
}

function explainNoId(text: string): string | undefined {
  if (CLIP_ID_PATTERN.test(text.trim())) return undefined;
  return words().clips.finding.noClip;
}

/** Messages of other places may not be meant for the people here. */
function explainElsewhere(
  [, guildId, channelId]: RegExpExecArray,
  interaction: BaseInteraction,
): string | undefined {
  const isHere = interaction.guildId ? guildId === interaction.guildId : channelId === interaction.channelId;
  return isHere ? undefined : words().clips.finding.elsewhere;
}

/** Title, take, length and tags, and the beginning of the id: songs of one family have all else in common. */
function describeChoice(clip: Clip): string {
  const length = clip.durationSeconds === undefined ? '' : ` · ${formatDuration(clip.durationSeconds)}`;
  const tags = clip.tags ? ` · ${clip.tags}` : '';
  const id = ` · ${clip.clipId.slice(0, SHOWN_ID_LENGTH)}`;
  const title = words().clips.listed({ title: titleOf(clip), take: clip.take });
  return oneLine(`${title}${length}${tags}`, MAX_CHOICE_LENGTH - id.length) + id;
}
