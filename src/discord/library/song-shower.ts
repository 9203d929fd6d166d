import type { BaseInteraction } from 'discord.js';
import { MessageFlags } from 'discord-api-types/v10';
import pLimit from 'p-limit';
import type { Clip } from '../../domain/clip.ts';
import type { Task } from '../../domain/task.ts';
import { UserError } from '../../errors.ts';
import type { Logger } from '../../log.ts';
import { shareClip } from '../../store/clips.ts';
import type { Store } from '../../store/open.ts';
import { findTask } from '../../store/tasks.ts';
import { words } from '../../words/words.ts';
import type { DiscordApi, InteractionHandle, MessageBody, OutgoingFile } from '../api/api.ts';
import { isTooLarge } from '../api/api-errors.ts';
import { MAX_BYTES_PER_MESSAGE } from '../delivery/delivery-plan.ts';
import { findLargest, type LoadedClip } from '../delivery/freight.ts';
import { EMPTY_SPACE, type FreightFitter } from '../delivery/freight-fitter.ts';
import type { ResultMessages } from '../delivery/result-messages.ts';
import type { SongPictures } from '../pictures/song-pictures.ts';
import { hasRoomFor } from '../pictures/waveform-file.ts';
import type { SongTagger } from '../recipe/song-tagger.ts';

/**
 * Fetches the audio of a clip, made small enough for a place that takes `limitBytes` a file; what cannot be had is
 * missing with the reason.
 *
 * @param task - what made it, where that is known
 */
export type LoadAudio = (
  clip: Clip,
  task: Task | undefined,
  limitBytes: number,
  signal: AbortSignal,
) => Promise<LoadedClip>;

interface ShowerDeps {
  readonly store: Store;
  readonly api: DiscordApi;
  readonly log: Logger;
  readonly loadAudio: LoadAudio;
  readonly fitter: FreightFitter;
  readonly tagger: SongTagger;
  readonly pictures: SongPictures;
  readonly messages: ResultMessages;
}

/** An interaction whose answer may become a card. */
type Showing = InteractionHandle &
  Pick<BaseInteraction, 'user' | 'guildId' | 'channelId' | 'attachmentSizeLimit'>;

/** The answer has to be there while its token lives, and people wait for it. */
const SHOW_MS = 5 * 60_000;

/** Each of them holds all of a song in memory. */
const SHOWN_AT_ONCE = 2;

/** Puts fresh cards of songs into answers: the same as they were delivered with, however old they are. */
export class SongShower {
  readonly #deps: ShowerDeps;
  readonly #inTurn = pLimit(SHOWN_AT_ONCE);

  constructor(deps: ShowerDeps) {
    this.#deps = deps;
  }

  /**
   * Makes the answer a card of the song, in the language that is spoken. Where everybody in a server sees it, the song
   * is shared there from now on.
   *
   * @throws UserError when its file does not come in time
   */
  async show(interaction: Showing, clip: Clip): Promise<void> {
    const { store, log } = this.#deps;
    const { guildId, user } = interaction;
    const signal = AbortSignal.timeout(SHOW_MS);
    try {
      const flags = await this.#inTurn(() => this.#fill(interaction, clip, signal));
      const isPublic = (flags & MessageFlags.Ephemeral) === 0;
      if (isPublic && guildId !== null) await store.transaction((tx) => shareClip(tx, clip.clipId, guildId));
      log.info({ clipId: clip.clipId, userId: user.id, isPublic }, 'song shown');
    } catch (error) {
      if (!signal.aborted) throw error;
      throw new UserError(words().library.show.tooLate);
    }
  }

  /** Goes down the ladder where Discord takes less than it says. Gives the flags of the message. */
  async #fill(interaction: Showing, clip: Clip, signal: AbortSignal): Promise<number> {
    const { store, fitter, loadAudio, log } = this.#deps;
    signal.throwIfAborted();
    const task = await findTask(store.db, clip.taskId);
    const limitBytes = Math.min(interaction.attachmentSizeLimit, MAX_BYTES_PER_MESSAGE);
    let loaded = await loadAudio(clip, task, limitBytes, signal);
    const largest = findLargest(loaded.files);
    for (const limit of [limitBytes, Math.floor(largest / 2), 0]) {
      if (limit < limitBytes) {
        loaded = await fitter.fitClip(loaded, { limitBytes: limit, isRefused: true }, EMPTY_SPACE, signal);
      }
      const { body, files } = await this.#build(interaction, loaded, task, limit, signal);
      try {
        return await this.#send(interaction, body, files, signal);
      } catch (error) {
        if (!isTooLarge(error) || limit === 0) throw error;
        log.info({ clipId: clip.clipId, limit }, 'too large for Discord, a step down');
      }
    }
    return 0;
  }

  async #build(
    { guildId, channelId }: Showing,
    loaded: LoadedClip,
    task: Task | undefined,
    limitBytes: number,
    signal: AbortSignal,
  ) {
    const { tagger, pictures, messages } = this.#deps;
    const [file, ...pieces] = loaded.files;
    const drawn = file && pieces.length === 0 ? await pictures.draw(loaded.clip, file, signal) : undefined;
    const plain = { clips: [loaded] };
    const freight = task ? await tagger.tag(plain, task.request, limitBytes) : plain;
    const waveform = drawn && hasRoomFor(drawn, freight, limitBytes) ? drawn : undefined;
    const reading = { guildId: guildId ?? undefined, channelId: channelId ?? undefined };
    return await messages.buildShown({ loaded: freight.clips[0] ?? loaded, task, reading, waveform });
  }

  async #send(
    interaction: Showing,
    body: MessageBody,
    files: readonly OutgoingFile[],
    signal: AbortSignal,
  ): Promise<number> {
    const message = await this.#deps.api.editAnswer(interaction, body, '@original', { files, signal });
    return message.flags ?? 0;
  }
}
