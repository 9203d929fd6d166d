import type { BaseInteraction } from 'discord.js';
import { UserError } from '../../errors.ts';
import type { Store } from '../../store/open.ts';
import { words } from '../../words/words.ts';
import type { DiscordApi, InteractionHandle } from '../api/api.ts';
import { isTooLarge } from '../api/api-errors.ts';
import { MAX_BYTES_PER_MESSAGE } from '../delivery/delivery-plan.ts';
import { originOf } from '../interactions/origin.ts';
import { buildMessage } from '../messages/message.ts';
import { listExportEntries, type SongFiles } from './export-entries.ts';
import { type PackedZip, packZips } from './zip-packer.ts';

interface ExportDeps {
  readonly store: Store;
  readonly api: DiscordApi;
  readonly songs: SongFiles;
}

/** An app that only the person installed may not follow up more often (Discord: Receiving and Responding). */
const MAX_FOLLOW_UPS_WITHOUT_MEMBERSHIP = 5;
/** More messages nobody wants to see. */
const MAX_MESSAGES = 20;

/** Where Discord takes less than it states, smaller archives are tried down to this. */
const LEAST_LIMIT_BYTES = 1024 * 1024;

/** Gives people a copy of everything about them, in as many private messages as it takes. */
export class PrivacyExports {
  readonly #deps: ExportDeps;
  readonly #busy = new Set<string>();

  constructor(deps: ExportDeps) {
    this.#deps = deps;
  }

  /**
   * Puts it into the private answer to an interaction, and into follow-ups.
   *
   * @throws UserError when the person has one under way.
   */
  async send(interaction: BaseInteraction): Promise<void> {
    const { id: userId } = interaction.user;
    if (this.#busy.has(userId)) throw new UserError(words().privacy.export.busy);
    this.#busy.add(userId);
    try {
      let limit = Math.min(interaction.attachmentSizeLimit, MAX_BYTES_PER_MESSAGE);
      while (!(await this.#sendAll(interaction, limit))) {
        limit = Math.floor(limit / 2);
        if (limit < LEAST_LIMIT_BYTES) throw new UserError(words().privacy.export.tooLarge);
      }
    } finally {
      this.#busy.delete(userId);
    }
  }

  /** Gives false when Discord does not take the first archive, so that nothing was sent. */
  async #sendAll(interaction: BaseInteraction, maxBytes: number): Promise<boolean> {
    const { store, songs, api } = this.#deps;
    const { userInstallOnly } = originOf(interaction);
    const most = userInstallOnly ? MAX_FOLLOW_UPS_WITHOUT_MEMBERSHIP : MAX_MESSAGES;
    const says = words().privacy.export;
    let number = 0;
    const notices: string[] = [];
    let missing = 0;
    for await (const packed of packZips(listExportEntries(store, interaction.user.id, songs), maxBytes)) {
      if (number === most) {
        notices.push(says.more);
        break;
      }
      number += 1;
      ({ missing } = packed);
      try {
        await this.#sendPart(interaction, number, packed);
      } catch (error) {
        if (number === 1 && isTooLarge(error)) return false;
        throw error;
      }
    }
    if (missing > 0) notices.push(says.missing({ count: missing }));
    // Without new files the message keeps its own.
    if (notices.length > 0)
      await api.editAnswer(interaction, { content: [says.here, ...notices].join('\n\n') });
    return true;
  }

  async #sendPart(interaction: InteractionHandle, number: number, { bytes }: PackedZip): Promise<void> {
    const { api } = this.#deps;
    const { here, part, fileName } = words().privacy.export;
    const files = [{ name: fileName({ number }), bytes, contentType: 'application/zip' }];
    if (number === 1) {
      await api.editAnswer(interaction, buildMessage({ content: here }), undefined, { files });
      return;
    }
    await api.followUp(interaction, buildMessage({ content: part({ number }) }), { private: true, files });
  }
}
