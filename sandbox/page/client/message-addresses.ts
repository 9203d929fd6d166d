import type { APIEmbed, APIMessage } from 'discord-api-types/v10';

type Media = 'image' | 'thumbnail';

/**
 * An edited message with the addresses under which its files are already shown. Every rendering signs them anew, and
 * a player that gets another address stops and begins from the start.
 */
export function keepAddresses(before: APIMessage, after: APIMessage): APIMessage {
  const known = new Map(listAddresses(before).map((url) => [pathOf(url), url]));
  const keep = <T extends { readonly url: string }>(file: T): T => ({
    ...file,
    url: known.get(pathOf(file.url)) ?? file.url,
  });
  const keepIn = (embed: APIEmbed, media: Media) => (embed[media] ? { [media]: keep(embed[media]) } : {});
  return {
    ...after,
    attachments: after.attachments.map(keep),
    embeds: after.embeds.map((embed) => ({
      ...embed,
      ...keepIn(embed, 'image'),
      ...keepIn(embed, 'thumbnail'),
    })),
  };
}

function listAddresses({ attachments, embeds }: APIMessage): readonly string[] {
  const media = embeds.flatMap(({ image, thumbnail }) => [image, thumbnail]);
  return [...attachments, ...media].flatMap((one) => (one ? [one.url] : []));
}

function pathOf(url: string): string {
  return url.split('?')[0] ?? url;
}
