import type { APIEmbed, APIMessage } from 'discord-api-types/v10';
import pLimit from 'p-limit';
import { parentOf } from '../../domain/request.ts';
import type { Task } from '../../domain/task.ts';
import type { Logger } from '../../log.ts';
import { findClip } from '../../store/clips.ts';
import type { Store } from '../../store/open.ts';
import { findTask } from '../../store/tasks.ts';
import { languageForAll } from '../../words/readers.ts';
import { speak } from '../../words/words.ts';
import type { DiscordApi } from '../api/api.ts';
import { describeApiError } from '../api/api-errors.ts';
import { listCustomIds } from '../messages/message-ids.ts';
import { findCards } from './card-links.ts';
import { viewChildren } from './children.ts';
import { withChildren } from './children-field.ts';

interface ParentCardsDeps {
  readonly store: Store;
  readonly api: DiscordApi;
  readonly log: Logger;
}

/**
 * Writes on the cards of songs what came of them, as it comes. What is written is what is stored at that moment, so
 * that a card which could not be edited once is complete after the next time. Nothing depends on it.
 */
export class ParentCards {
  readonly #deps: ParentCardsDeps;
  /** One after the other: the two takes of a song change the same card. */
  readonly #limit = pLimit(1);
  /** Clips whose card is going to be looked at: that will show whatever comes until then. */
  readonly #waiting = new Set<string>();
  readonly #stopping = new AbortController();

  constructor(deps: ParentCardsDeps) {
    this.#deps = deps;
  }

  /** Something that a task made was posted. Never throws. */
  async tell({ id, request }: Task): Promise<void> {
    for (const parent of [parentOf(request), request.secondClip]) {
      if (!parent || this.#waiting.has(parent.clipId)) continue;
      this.#waiting.add(parent.clipId);
      await this.#limit(async () => {
        this.#waiting.delete(parent.clipId);
        if (this.#stopping.signal.aborted) return;
        try {
          await this.#update(parent.clipId);
        } catch (error) {
          const reason = describeApiError(error);
          this.#deps.log.info(
            { reference: id, clipId: parent.clipId, reason },
            'card of a parent not edited',
          );
        }
      });
    }
  }

  /** Begins nothing more; resolves when the last edit has ended. */
  async close(): Promise<void> {
    this.#stopping.abort();
    await this.#limit(async () => {});
  }

  async #update(clipId: string): Promise<void> {
    const { store, api } = this.#deps;
    const clip = await findClip(store.db, clipId);
    const maker = clip && (await findTask(store.db, clip.taskId));
    if (!clip || !maker || clip.deletedAt !== undefined) return;
    const place = (await findCards(store.db, [clip])).find(clipId);
    if (!place) return;
    const { channelId, messageId, guildId, route } = place;
    // Only the token of its interaction leads to a message where the bot is no member.
    if (route === 'follow-up' && maker.origin.userInstallOnly) return;
    const reading = route === 'direct-message' ? { channelId } : { guildId, channelId };
    await speak(languageForAll(maker.origin), async () => {
      const children = await viewChildren(store.db, clip, reading);
      if (!children) return;
      const message = await api.getMessage(channelId, messageId);
      const [embed, ...others] = message.embeds;
      if (!embed || !shows(message, clipId)) return;
      const embeds = [withChildren(withOwnFiles(embed, channelId), children), ...others];
      await api.editMessage(channelId, messageId, { embeds });
    });
  }
}

/** Messages of tracks have no card that could name anything. */
function shows(message: APIMessage, clipId: string): boolean {
  return listCustomIds(message).some((id) => id.action === 'heart' && id.clip.clipId === clipId);
}

/** Pictures of the message itself are named as files: by their address they would be others, which dies. */
function withOwnFiles(embed: APIEmbed, channelId: string): APIEmbed {
  const named = <T extends { readonly url: string }>(picture: T | undefined) => {
    const path = picture && URL.canParse(picture.url) ? new URL(picture.url).pathname : '';
    const isOwn = path.startsWith(`/attachments/${channelId}/`);
    return picture && { ...picture, url: isOwn ? `attachment://${path.split('/').at(-1)}` : picture.url };
  };
  const { image, thumbnail, ...rest } = embed;
  const [shownImage, shownThumbnail] = [named(image), named(thumbnail)];
  return {
    ...rest,
    ...(shownImage ? { image: { url: shownImage.url } } : {}),
    ...(shownThumbnail ? { thumbnail: { url: shownThumbnail.url } } : {}),
  };
}
