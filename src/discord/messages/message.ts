/** The parts that every message of the bot is built from: plain REST JSON, pings nobody unless told to. */
import {
  ActionRowBuilder,
  ButtonBuilder,
  type ChannelSelectMenuBuilder,
  type EmbedBuilder,
  type RoleSelectMenuBuilder,
  type StringSelectMenuBuilder,
  type UserSelectMenuBuilder,
} from '@discordjs/builders';
import {
  type APIActionRowComponent,
  type APIAllowedMentions,
  type APIButtonComponentWithCustomId,
  type APIComponentInMessageActionRow,
  type APIEmbed,
  ButtonStyle,
} from 'discord-api-types/v10';
import { type CustomId, encodeId } from './custom-ids.ts';

/** A message as REST takes it. All four parts are always there, so an edit leaves nothing of the old one. */
export interface CardMessage {
  content: string;
  embeds: APIEmbed[];
  components: APIActionRowComponent<APIComponentInMessageActionRow>[];
  allowed_mentions: APIAllowedMentions;
}

/** Accents of embeds, by what they tell. */
export const COLOURS = {
  waiting: 0x80_84_8e,
  working: 0x58_65_f2,
  good: 0x23_a5_5a,
  doubtful: 0xf0_b2_32,
  bad: 0xf2_3f_43,
} as const;

export type ButtonRow = ActionRowBuilder<ButtonBuilder>;

/** Buttons, or a menu. */
type Row =
  | ButtonRow
  | ActionRowBuilder<StringSelectMenuBuilder>
  | ActionRowBuilder<UserSelectMenuBuilder>
  | ActionRowBuilder<RoleSelectMenuBuilder>
  | ActionRowBuilder<ChannelSelectMenuBuilder>;

interface MessageParts {
  readonly content?: string;
  readonly embed?: EmbedBuilder | undefined;
  readonly rows?: readonly Row[];
  /** The one person whom `content` may ping. */
  readonly pings?: string | undefined;
}

/** Puts a message together. */
export function buildMessage({ content = '', embed, rows = [], pings }: MessageParts): CardMessage {
  return {
    content,
    embeds: embed ? [embed.toJSON()] : [],
    components: rows.map((row) => row.toJSON()),
    allowed_mentions: pings === undefined ? { parse: [] } : { parse: [], users: [pings] },
  };
}

interface ButtonLook {
  readonly style?: APIButtonComponentWithCustomId['style'];
  readonly emoji?: string | undefined;
}

/** A button that carries all it needs in its custom id. */
export function buildButton(label: string, id: CustomId, look: ButtonLook = {}): ButtonBuilder {
  const button = new ButtonBuilder()
    .setCustomId(encodeId(id))
    .setLabel(label)
    .setStyle(look.style ?? ButtonStyle.Secondary);
  return look.emoji === undefined ? button : button.setEmoji({ name: look.emoji });
}

/** One to five buttons side by side. */
export function buildRow(...buttons: readonly ButtonBuilder[]): ButtonRow {
  return new ActionRowBuilder<ButtonBuilder>().addComponents(...buttons);
}

/** Discord takes at most this many rows in a message. */
export const MAX_ROWS = 5;

/** Number keys as emoji: they tell which line a button belongs to and leave its label alone. */
export function formatNumberKey(index: number): string {
  return `${index + 1}\uFE0F\u20E3`;
}

const MAX_URL_LENGTH = 512;

/** A provider's web address that may stand in a message and in a masked link; undefined when it is none. */
export function parseWebUrl(text: string | undefined): string | undefined {
  if (!text || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  if (!['http:', 'https:'].includes(url.protocol) || url.username || url.password) return undefined;
  const href = url.href.replaceAll('(', '%28').replaceAll(')', '%29');
  return href.length > MAX_URL_LENGTH ? undefined : href;
}
