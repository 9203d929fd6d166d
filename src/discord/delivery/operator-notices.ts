import type Keyv from 'keyv';
import { coerceError } from '../../errors.ts';
import type { Logger } from '../../log.ts';
import type { DiscordApi } from '../api/api.ts';
import { describeApiError } from '../api/api-errors.ts';
import { buildMessage } from '../messages/message.ts';
import { plain } from '../messages/text.ts';
import type { Operators } from '../people/operators.ts';

/** How long the operators are not told of the same trouble again. */
export const NOTICE_TTL_MS = 24 * 60 * 60_000;

interface NoticeDeps {
  readonly api: DiscordApi;
  readonly operators: Operators;
  /** Remembers what was told. */
  readonly told: Keyv<boolean>;
  readonly log: Logger;
}

/** Tells the people who run the bot, by direct message, what only they can mend. The log has it in any case. */
export class OperatorNotices {
  readonly #deps: NoticeDeps;
  readonly #underWay = new Set<string>();

  constructor(deps: NoticeDeps) {
    this.#deps = deps;
  }

  /** A result lies on a host that results are not downloaded from. Told once a day for each host; never throws. */
  async tellUnlistedHost(host: string, reference: string): Promise<void> {
    const name = plain(host, 200);
    const sentence = `A result that is paid for lies on a host that I may not download from: ${name}. Add it to MUSICAPI_MEDIA_HOSTS (https; plain http only on this machine) and restart me, then it is posted.`;
    await this.#tellOnce(`unlisted-host:${host}`, `${sentence} Reference: ${reference}`, reference);
  }

  async #tellOnce(key: string, content: string, reference: string): Promise<void> {
    const { told, operators, log } = this.#deps;
    if (this.#underWay.has(key)) return;
    this.#underWay.add(key);
    try {
      if (await told.get(key)) return;
      await told.set(key, true);
      for (const operatorId of await operators.list()) await this.#tell(operatorId, content, reference);
    } catch (error) {
      log.warn({ reference, err: coerceError(error) }, 'operators not told');
    } finally {
      this.#underWay.delete(key);
    }
  }

  async #tell(operatorId: string, content: string, reference: string): Promise<void> {
    const { api, log } = this.#deps;
    try {
      const channelId = await api.openDirectMessage(operatorId);
      await api.post(channelId, { ...buildMessage({ content }), nonce: `notice-${reference}`.slice(0, 25) });
    } catch (error) {
      log.info({ reference, operatorId, reason: describeApiError(error) }, 'an operator takes no message');
    }
  }
}
