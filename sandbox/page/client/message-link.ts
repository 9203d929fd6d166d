/** Where a link to a message leads. */
export interface MessageLink {
  readonly channelId: string;
  /** Undefined where the link is one to the channel. */
  readonly messageId: string | undefined;
}

const LINK = /^https:\/\/(?:\w+\.)?discord(?:app)?\.com\/channels\/(?:\d+|@me)\/(\d+)(?:\/(\d+))?\/?$/;

/** Reads a link to a message or channel as Discord's client does, which stays inside instead of asking the browser. */
export function parseMessageLink(url: string): MessageLink | undefined {
  const [, channelId, messageId] = LINK.exec(url) ?? [];
  return channelId ? { channelId, messageId } : undefined;
}
