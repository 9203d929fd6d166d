import { MessageFlags } from 'discord-api-types/v10';
import { z } from 'zod';
import { DiscordError, type FormProblem, isRecord, refuse, refuseForm } from './errors.ts';
import { list, parseForm, report, snowflake, text } from './form.ts';
import {
  classicComponents,
  listComponentMedia,
  type TopComponent,
  v2Components,
} from './validate-components.ts';
import { type Embed, embeds, isEmbedEmpty, listEmbedMedia } from './validate-embeds.ts';

const attachmentEntry = z.object({
  id: snowflake,
  filename: text({ min: 1, max: 1024 }).nullish(),
  description: text({ max: 1024 }).nullish(),
  duration_secs: z.number().min(0).nullish(),
  waveform: text({ max: 400 }).nullish(),
});

const allowedMentions = z
  .object({
    parse: z.array(z.enum(['users', 'roles', 'everyone'])).nullish(),
    users: list(snowflake, { max: 100 }).nullish(),
    roles: list(snowflake, { max: 100 }).nullish(),
    replied_user: z.boolean().nullish(),
  })
  .superRefine((value, ctx) => {
    for (const kind of ['users', 'roles'] as const) {
      if (value.parse?.includes(kind) && value[kind]?.length) {
        const message = `parse:["${kind}"] and ${kind}: [ids...] are mutually exclusive.`;
        report(ctx, [], 'MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE', message);
      }
    }
  });

/** Whom a message may ping. */
export type AllowedMentions = z.output<typeof allowedMentions>;

const nonce = z.union([z.int(), z.string()]).superRefine((value, ctx) => {
  if (typeof value === 'string' && value.length > 25) {
    report(ctx, [], 'NONCE_TYPE_TOO_LONG', 'Must be 25 or fewer in length.');
  }
});

const fields = {
  content: text({ max: 2000, trim: true }).nullish(),
  embeds: embeds.nullish(),
  attachments: list(attachmentEntry, { max: 10 }).nullish(),
  allowed_mentions: allowedMentions.nullish(),
  flags: z.int().min(0).nullish(),
  tts: z.boolean().nullish(),
  nonce: nonce.nullish(),
  enforce_nonce: z.boolean().nullish(),
  message_reference: z
    .object({
      type: z.literal(0).nullish(),
      message_id: snowflake,
      channel_id: snowflake.nullish(),
      guild_id: snowflake.nullish(),
      fail_if_not_exists: z.boolean().nullish(),
    })
    .nullish(),
};
const classicBody = z.object({ ...fields, components: classicComponents.nullish() });
const v2Body = z.object({ ...fields, components: v2Components.nullish() });

/** The fields of a message that were sent: absent means unchanged, null means emptied. */
export type MessageBody = z.output<typeof v2Body>;

/** What is there before a body is applied; for a new message everything is empty. */
export interface MessageBefore {
  readonly content: string;
  readonly embeds: readonly Embed[];
  readonly components: readonly TopComponent[];
  readonly flags: number;
  readonly fileNames: readonly string[];
}

/** Parses the body of a message create or edit. `prefix` is where it sits in the request (`data` in callbacks). */
export function parseMessageBody(
  raw: unknown,
  before: MessageBefore,
  prefix: readonly string[] = [],
): MessageBody {
  if (isRecord(raw) && isRecord(raw.poll)) throw new DiscordError(501, 0, 'The local Discord has no polls');
  if (isRecord(raw) && Array.isArray(raw.sticker_ids) && raw.sticker_ids.length > 0) {
    throw new DiscordError(501, 0, 'The local Discord has no stickers');
  }
  const flags = (isRecord(raw) && typeof raw.flags === 'number' ? raw.flags : 0) | before.flags;
  const isV2 = (flags & MessageFlags.IsComponentsV2) !== 0;
  return isV2 ? parseForm(v2Body, raw, prefix) : parseForm(classicBody, raw, prefix);
}

/** Checks what the message would be after the change. `fileNames` are those it would then have. */
export function checkMessageAfter(
  after: MessageBefore,
  body: MessageBody,
  prefix: readonly string[] = [],
): void {
  const problems: FormProblem[] = [];
  if ((after.flags & MessageFlags.IsComponentsV2) !== 0) {
    for (const field of ['content', 'embeds'] as const) {
      if (after[field].length > 0) {
        const message = `The '${field}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2`;
        problems.push({
          path: [...prefix, field],
          code: 'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
          message,
        });
      }
    }
  }
  problems.push(
    ...listMissingFiles(after, body).map((problem) => ({ ...problem, path: [...prefix, ...problem.path] })),
  );
  if (problems.length > 0) throw refuseForm(problems);
  const isEmpty =
    after.content === '' &&
    after.embeds.every(isEmbedEmpty) &&
    after.components.length === 0 &&
    after.fileNames.length === 0;
  if (isEmpty) throw refuse('emptyMessage');
}

function listMissingFiles(after: MessageBefore, body: MessageBody): FormProblem[] {
  const wanted: { path: (string | number)[]; url: string }[] = [];
  if (body.embeds) {
    for (const [index, embed] of body.embeds.entries()) {
      for (const media of listEmbedMedia(embed))
        wanted.push({ path: ['embeds', index, ...media.path], url: media.url });
    }
  }
  if (body.components) {
    for (const media of listComponentMedia(body.components)) {
      wanted.push({ path: ['components', ...media.path], url: media.url });
    }
  }
  return wanted
    .filter(
      ({ url }) =>
        url.startsWith('attachment://') && !after.fileNames.includes(url.slice('attachment://'.length)),
    )
    .map(({ path, url }) => ({
      path,
      code: 'UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND',
      message: `The referenced attachment '${url.slice('attachment://'.length)}' was not found`,
    }));
}
