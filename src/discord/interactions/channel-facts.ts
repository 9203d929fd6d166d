import { type BaseInteraction, type Client, Events } from 'discord.js';
import { ChannelType, GatewayDispatchEvents } from 'discord-api-types/v10';
import { z } from 'zod';
import type { AskingPlace } from '../../tracker/rules.ts';
import type { DiscordApi } from '../api/api.ts';
import { inTime } from './in-time.ts';

/** What the payload of an interaction tells of its channel. */
const PAYLOAD = z.object({
  t: z.literal(GatewayDispatchEvents.InteractionCreate),
  d: z.object({
    id: z.string(),
    channel: z.object({
      id: z.string(),
      type: z.number(),
      nsfw: z.boolean().nullish(),
      parent_id: z.string().nullish(),
    }),
  }),
});

type Facts = Omit<AskingPlace, 'channelId'>;

const THREADS: readonly number[] = [
  ChannelType.AnnouncementThread,
  ChannelType.PublicThread,
  ChannelType.PrivateThread,
];

interface Heard {
  readonly isRestricted: boolean;
  readonly at: number;
}

/** How long what was heard of a channel is believed for its threads. */
const HEARD_MS = 60_000;

/** The person waits for it. */
const LOOK_UP_MS = 2_000;

/** More interactions than this are never between arriving and being answered. */
const MAX_KEPT = 2_000;

/**
 * Remembers what each interaction told of its channel. discord.js drops it, because it knows no servers without
 * intents.
 */
export class ChannelFacts {
  readonly #known = new Map<string, Facts>();
  /** Whether channels of servers are age-restricted, by the last that was heard of them. */
  readonly #restricted = new Map<string, Heard>();
  readonly #now: () => number;

  /** @param now - this machine's clock, epoch ms. @defaultValue Date.now */
  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  /** Starts to listen: has to come before whoever answers interactions. */
  attach(client: Client): void {
    client.on(Events.Raw, (packet: unknown) => this.#note(packet));
  }

  /** Where the interaction came from. What was not told is the strictest. */
  placeOf({ id, channelId }: Pick<BaseInteraction, 'id' | 'channelId'>): AskingPlace {
    return { channelId: channelId ?? '', ...(this.#known.get(id) ?? { isAgeRestricted: false }) };
  }

  /** The same with what a thread does not say itself: whether its channel is age-restricted. */
  async load(
    interaction: Pick<BaseInteraction, 'id' | 'channelId'>,
    api: Pick<DiscordApi, 'getChannel'>,
  ): Promise<AskingPlace> {
    const place = this.placeOf(interaction);
    const { parentId } = place;
    if (parentId === undefined) return place;
    const heard = this.#restricted.get(parentId);
    if (heard && this.#now() - heard.at < HEARD_MS) return { ...place, isAgeRestricted: heard.isRestricted };
    try {
      const answer = await inTime(LOOK_UP_MS, api.getChannel(parentId));
      if (!answer) return place;
      const isAgeRestricted = answer.value.nsfw ?? false;
      this.#remember(parentId, isAgeRestricted);
      return { ...place, isAgeRestricted };
    } catch {
      // What cannot be found out is the strictest.
      return place;
    }
  }

  #remember(channelId: string, isRestricted: boolean): void {
    this.#restricted.delete(channelId);
    this.#restricted.set(channelId, { isRestricted, at: this.#now() });
    const [oldest] = this.#restricted.keys();
    if (this.#restricted.size > MAX_KEPT && oldest !== undefined) this.#restricted.delete(oldest);
  }

  #note(packet: unknown): void {
    const { data } = PAYLOAD.safeParse(packet);
    if (!data) return;
    const { id, channel } = data.d;
    // Other channels have a category there.
    const isThread = THREADS.includes(channel.type);
    const parentId = isThread ? (channel.parent_id ?? undefined) : undefined;
    if (!isThread) this.#remember(channel.id, channel.nsfw ?? false);
    this.#known.set(id, { isAgeRestricted: channel.nsfw ?? false, parentId });
    const [oldest] = this.#known.keys();
    if (this.#known.size > MAX_KEPT && oldest !== undefined) this.#known.delete(oldest);
  }
}
