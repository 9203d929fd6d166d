import { z } from 'zod';
import { integer, lengthOf, list, report, text, url } from './form.ts';

const WEB = ['http', 'https'] as const;
const MEDIA = ['http', 'https', 'attachment'] as const;
/** All text of all embeds of a message together. */
const MAX_EMBED_CHARACTERS = 6000;

const media = z.object({ url: url(MEDIA) });

const timestamp = z.string().superRefine((value, ctx) => {
  if (!/^\d{4}-\d\d-\d\d/.test(value) || Number.isNaN(Date.parse(value))) {
    report(ctx, [], 'DATE_TIME_TYPE_PARSE', `Could not parse ${value}. Should be ISO8601.`);
  }
});

/** @see https://discord.com/developers/docs/resources/message#embed-object-embed-limits */
const embed = z.object({
  title: text({ max: 256, trim: true }).nullish(),
  description: text({ max: 4096, trim: true }).nullish(),
  url: url(WEB).nullish(),
  timestamp: timestamp.nullish(),
  color: integer(0, 0xffffff).nullish(),
  footer: z
    .object({ text: text({ min: 1, max: 2048, trim: true }), icon_url: url(MEDIA).nullish() })
    .nullish(),
  image: media.nullish(),
  thumbnail: media.nullish(),
  author: z
    .object({
      name: text({ min: 1, max: 256, trim: true }),
      url: url(WEB).nullish(),
      icon_url: url(MEDIA).nullish(),
    })
    .nullish(),
  fields: list(
    z.object({
      name: text({ min: 1, max: 256, trim: true }),
      value: text({ min: 1, max: 1024, trim: true }),
      inline: z.boolean().nullish(),
    }),
    { max: 25 },
  ).nullish(),
});

/** One embed of a message, as it was accepted. */
export type Embed = z.output<typeof embed>;

/** Up to ten embeds with at most 6000 characters together. */
export const embeds = list(embed, { max: 10 }).superRefine((all, ctx) => {
  if (all.reduce((sum, one) => sum + embedLength(one), 0) > MAX_EMBED_CHARACTERS) {
    report(ctx, [], 'MAX_EMBED_SIZE_EXCEEDED', `Embed size exceeds maximum size of ${MAX_EMBED_CHARACTERS}`);
  }
});

function embedLength(one: Embed): number {
  const texts = [one.title, one.description, one.footer?.text, one.author?.name];
  for (const field of one.fields ?? []) texts.push(field.name, field.value);
  return texts.reduce((sum, value) => sum + lengthOf(value ?? ''), 0);
}

/** Whether an embed shows anything at all. */
export function isEmbedEmpty(one: Embed): boolean {
  return embedLength(one) === 0 && !one.image && !one.thumbnail && !one.url && !one.timestamp;
}

/** Every address of an embed that may name an uploaded file, with its path. */
export function listEmbedMedia(one: Embed): { path: (string | number)[]; url: string }[] {
  const found: { path: (string | number)[]; url: string }[] = [];
  if (one.image) found.push({ path: ['image', 'url'], url: one.image.url });
  if (one.thumbnail) found.push({ path: ['thumbnail', 'url'], url: one.thumbnail.url });
  if (one.footer?.icon_url) found.push({ path: ['footer', 'icon_url'], url: one.footer.icon_url });
  if (one.author?.icon_url) found.push({ path: ['author', 'icon_url'], url: one.author.icon_url });
  return found;
}
