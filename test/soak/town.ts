import { PermissionFlagsBits } from 'discord-api-types/v10';
import type { Channel } from '../../sandbox/discord/channel.ts';
import type { Guild } from '../../sandbox/discord/guild.ts';
import type { Message } from '../../sandbox/discord/message-view.ts';
import { USUAL_PERMISSIONS } from '../../sandbox/discord/permissions.ts';
import type { Person } from '../../sandbox/discord/person.ts';
import { DEFAULT_RATE_LIMITS, type RateLimits } from '../../sandbox/discord/rate-limits.ts';
import { INTERACTION_TOKEN_TTL_MS } from '../../src/domain/origin.ts';
import { startWorld, type TestWorld } from '../support/world.ts';
import { createHush, type Hush } from './hush.ts';
import type { Pace } from './pace.ts';

/** Somebody who lives here. */
export interface Member {
  readonly person: Person;
  /** Channels of servers, the DM with the bot, a server without it. */
  readonly places: readonly Channel[];
  /** Whether settings of a server are this person's to change. */
  readonly isManager: boolean;
}

/** Two servers with the bot, one without it, and everybody who talks there. */
export interface Town {
  readonly world: TestWorld;
  readonly members: readonly Member[];
  /** The channels of servers in which the bot is a member. */
  readonly channels: readonly Channel[];
  /** A text that nobody has said before. */
  mark(theme: string): string;
  /** Whether nobody has claimed this before: two equal requests could not be told from one that was sent twice. */
  claim(what: string): boolean;
  readonly hush: Hush;
  /** The songs that a member can see. */
  songs(member: Member): readonly Message[];
}

/** How the town is built. */
export interface TownOptions {
  readonly pace: Pace;
  readonly people: number;
  /** ms within which an interaction has to be answered. They are real ones: the bot thinks no faster than usual. */
  readonly ackMs: number;
  readonly seed: number;
  readonly env: Readonly<Record<string, string>>;
}

const CHANNELS_PER_SERVER = 3;
/** Of so many members, one also uses the bot where it is no member itself. */
const EVERY_TRAVELLER = 4;

/** MusicAPI makes a song in about a minute and a half. */
const TIMELINE = { notReadyMs: 20_000, firstMs: 60_000, lastMs: 90_000 };
const POLL_INTERVAL_MS = 15_000;
const CREATE_INTERVAL_MS = 3_000;

/** Real ms that a busy machine may take to answer with a token: those do not die earlier, however fast time passes. */
const LEAST_TOKEN_TTL_MS = 60_000;

/** What both services remember of requests: all that an hour brings, so that nothing is judged by half of it. */
export const REMEMBERED_REQUESTS = 60_000;

/** Builds it, without the bot. */
export async function buildTown({ pace, people, ackMs, seed, env }: TownOptions): Promise<Town> {
  const createIntervalMs = pace.real(CREATE_INTERVAL_MS);
  const world = await startWorld({
    startsBot: false,
    env: {
      POLL_INTERVAL_MS: `${Math.max(100, pace.real(POLL_INTERVAL_MS))}`,
      SUBMIT_INTERVAL_MS: `${createIntervalMs}`,
      ALLOW_DMS: 'true',
      BUDGET_MEMBER_DAY: '2000',
      BUDGET_SERVER_DAY: 'unlimited',
      ...env,
    },
    musicApi: {
      account: { credits: 1_000_000 },
      createIntervalMs,
      speed: pace.factor,
      timeline: TIMELINE,
      seed: `soak ${seed}`,
      rememberedRequests: REMEMBERED_REQUESTS,
    },
    discord: {
      ackMs,
      tokenTtlMs: Math.max(LEAST_TOKEN_TTL_MS, pace.real(INTERACTION_TOKEN_TTL_MS)),
      rateLimits: compressRateLimits(pace),
      requestLogSize: REMEMBERED_REQUESTS,
    },
  });
  const second = world.discord.addGuild({ name: 'Musikfreunde', locale: 'de' });
  const elsewhere = world.discord.addGuild({ name: 'Elsewhere', installed: false });
  const away = elsewhere.addChannel({ name: 'chat' });
  const servers = [world.guild, second].map((guild) => ({ guild, channels: addChannels(guild) }));
  const members = Array.from({ length: people }, (_, index): Member => {
    const home = servers[index % servers.length] as (typeof servers)[number]; // there are two
    const isTraveller = index % EVERY_TRAVELLER === EVERY_TRAVELLER - 1;
    const user = world.discord.addUser({
      name: `Member ${index + 1}`,
      installsApp: isTraveller,
      locale: index % 3 === 0 ? 'de' : 'en-US',
    });
    const isManager = index < servers.length;
    const permissions = isManager ? USUAL_PERMISSIONS | PermissionFlagsBits.ManageGuild : USUAL_PERMISSIONS;
    home.guild.addMember(user, { permissions });
    if (isTraveller) elsewhere.addMember(user);
    const person = world.discord.as(user);
    const dm = world.discord.openDm(user);
    return { person, places: [...home.channels, dm, ...(isTraveller ? [away] : [])], isManager };
  });
  let marks = 0;
  const claimed = new Set<string>();
  return {
    world,
    members,
    channels: servers.flatMap(({ channels }) => channels),
    mark(theme) {
      marks += 1;
      return `${theme}, number ${marks}x`;
    },
    hush: createHush(),
    claim: (what) => !claimed.has(what) && claimed.add(what) !== undefined,
    songs: ({ person, places }) => places.flatMap((place) => person.sees(place)).filter(isSong),
  };
}

function addChannels(guild: Guild): readonly Channel[] {
  return Array.from({ length: CHANNELS_PER_SERVER }, (_, index) =>
    guild.addChannel({ name: `songs-${index}` }),
  );
}

function isSong(message: Message): boolean {
  return message.attachments.length > 0 && findAction(message, 'extend') !== undefined;
}

/** The custom id of the button with which a message offers this, in whatever language. */
export function findAction(message: Message, action: string): string | undefined {
  return message.buttons.find(({ customId, disabled }) => !disabled && customId?.startsWith(`1:${action}:`))
    ?.customId;
}

/** As many requests as Discord allows, in time that passes faster. Answers to people are never what is slow. */
function compressRateLimits(pace: Pace): Partial<RateLimits> {
  const limits = Object.entries(DEFAULT_RATE_LIMITS).map(([name, { limit, windowMs }]) => {
    return [name, { limit, windowMs: pace.real(windowMs) }];
  });
  return Object.fromEntries(limits) as Partial<RateLimits>; // the same names
}
