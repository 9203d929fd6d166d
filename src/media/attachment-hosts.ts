/** Where Discord keeps what people attach (Discord: Signed Attachment CDN URLs). */
const DISCORD_HOSTS = ['cdn.discordapp.com', 'media.discordapp.net'] as const;

const DISCORD_API = /^(?:\w+\.)?discord(?:app)?\.com$/;

/**
 * Hosts that files attached to interactions are downloaded from: Discord's own, and the one of another REST API where
 * the configuration names one, because such a service may serve its attachments itself.
 *
 * @param apiUrl - REST base without the version, as configured
 */
export function listAttachmentHosts(apiUrl: string): readonly string[] {
  const { host, hostname } = new URL(apiUrl);
  return DISCORD_API.test(hostname) ? DISCORD_HOSTS : [...DISCORD_HOSTS, host];
}
