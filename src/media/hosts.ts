/**
 * Reads a comma-separated list of hosts: exact (`host`, `host:port`) or all below (`.suno.ai`).
 *
 * @throws Error that names the entry that is no host.
 */
export function parseHostList(text: string): readonly string[] {
  const entries = text.split(',').map((entry) => entry.trim());
  return entries.filter((entry) => entry !== '').map(parseEntry);
}

/**
 * Whether something may be downloaded from an address: its host is listed, it is https (or http to a loopback host),
 * and it carries no user name. An entry without a port means the scheme's own port; a loopback host has no port of
 * its own, so there it means any.
 *
 * @param list - as `parseHostList` gives it
 */
export function isAllowedHost(url: URL, list: readonly string[]): boolean {
  if (url.username || url.password) return false;
  const host = withoutDot(url.hostname);
  const loopback = isLoopback(host);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && loopback)) return false;
  const ownPort = url.protocol === 'https:' ? '443' : '80';
  const port = url.port || ownPort;
  return list.some((entry) => {
    const [, listedHost = '', listedPort = loopback ? port : ownPort] =
      /^(.*?)(?::(\d+))?$/.exec(entry) ?? [];
    return (
      port === listedPort && (listedHost.startsWith('.') ? host.endsWith(listedHost) : host === listedHost)
    );
  });
}

function parseEntry(entry: string): string {
  const below = entry.startsWith('.');
  const bare = below ? entry.slice(1) : entry;
  const bracketed = bare.split(':').length > 2 && !bare.startsWith('[') ? `[${bare}]` : bare;
  // The parser of addresses decides what a host is, so that both sides of a comparison have the same form.
  const url = URL.canParse(`http://${bracketed}/`) ? new URL(`http://${bracketed}/`) : undefined;
  if (
    !url?.hostname ||
    url.username ||
    url.pathname !== '/' ||
    url.search ||
    url.hash ||
    bare.includes('*')
  ) {
    throw new Error(`"${entry}" is not a host. Write example.com, example.com:8443 or .example.com`);
  }
  const port = /:(\d+)$/.exec(bracketed)?.[1];
  return `${below ? '.' : ''}${withoutDot(url.hostname)}${port ? `:${port}` : ''}`;
}

function withoutDot(hostname: string): string {
  return hostname.replace(/\.$/, '');
}

/** Whether a host is this machine, by its name alone. */
export function isLoopback(host: string): boolean {
  return (
    host === 'localhost' || host.endsWith('.localhost') || host === '[::1]' || /^127(\.\d+){3}$/.test(host)
  );
}
