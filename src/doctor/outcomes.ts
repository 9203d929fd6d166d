/** How good or bad something is. `skipped`: it could not be looked at, because something before it is not in order. */
export type Status = 'ok' | 'warning' | 'failure' | 'skipped';

/** The headings of the report, in their order. */
export const GROUPS = [
  'Configuration',
  'Database',
  'MusicAPI',
  'Discord',
  'Media hosts',
  'Clock',
  'Tools',
  'Webhooks',
  'This machine',
] as const;

interface Outcomes {
  readonly group: (typeof GROUPS)[number];
  /** What can be found, and how bad it is. */
  readonly found: Readonly<Record<string, Exclude<Status, 'skipped'>>>;
}

/** Everything that can be found out, by what it is about: the one place that says what is how bad. */
export const OUTCOMES = {
  configuration: { group: 'Configuration', found: { valid: 'ok', invalid: 'failure' } },
  'configuration-names': { group: 'Configuration', found: { known: 'ok', unknown: 'warning' } },
  database: {
    group: 'Database',
    found: { reached: 'ok', new: 'ok', unreachable: 'failure', old: 'failure' },
  },
  'database-lock': { group: 'Database', found: { free: 'ok', held: 'ok' } },
  'database-migrations': {
    group: 'Database',
    found: { current: 'ok', none: 'ok', pending: 'warning', newer: 'failure' },
  },
  'database-rights': { group: 'Database', found: { enough: 'ok', missing: 'failure' } },
  'database-disk': {
    group: 'Database',
    found: { enough: 'ok', low: 'warning', full: 'failure', unusable: 'failure' },
  },
  'media-disk': {
    group: 'Database',
    found: { enough: 'ok', off: 'ok', low: 'warning', full: 'failure', unusable: 'failure' },
  },
  catalogue: { group: 'MusicAPI', found: { 'built-in': 'ok', overridden: 'ok', invalid: 'failure' } },
  musicapi: { group: 'MusicAPI', found: { reached: 'ok', slow: 'warning', unreachable: 'failure' } },
  'musicapi-key': { group: 'MusicAPI', found: { accepted: 'ok', refused: 'failure' } },
  'musicapi-balance': { group: 'MusicAPI', found: { enough: 'ok', low: 'warning', empty: 'failure' } },
  'musicapi-models': {
    group: 'MusicAPI',
    found: {
      accepted: 'ok',
      unclear: 'warning',
      'some-refused': 'warning',
      'default-refused': 'failure',
      taken: 'failure',
    },
  },
  discord: { group: 'Discord', found: { reached: 'ok', unreachable: 'failure' } },
  'discord-token': { group: 'Discord', found: { accepted: 'ok', refused: 'failure' } },
  'discord-application': { group: 'Discord', found: { guarded: 'ok', public: 'warning' } },
  'discord-intents': { group: 'Discord', found: { none: 'ok', unneeded: 'ok' } },
  'discord-install': {
    group: 'Discord',
    found: { everywhere: 'ok', 'servers-only': 'ok', 'no-servers': 'warning' },
  },
  'discord-gateway': {
    group: 'Discord',
    found: { reached: 'ok', few: 'warning', 'used-up': 'failure', unreachable: 'failure' },
  },
  'discord-commands': {
    group: 'Discord',
    found: { same: 'ok', none: 'warning', different: 'warning', 'no-access': 'failure' },
  },
  'discord-servers': { group: 'Discord', found: { complete: 'ok', none: 'warning', missing: 'warning' } },
  'discord-server': {
    group: 'Discord',
    found: { complete: 'ok', missing: 'warning', 'not-served': 'warning', absent: 'failure' },
  },
  'discord-channel': {
    group: 'Discord',
    found: { complete: 'ok', missing: 'warning', hidden: 'failure', elsewhere: 'failure', absent: 'failure' },
  },
  'media-hosts': {
    group: 'Media hosts',
    found: { answering: 'ok', partly: 'ok', silent: 'warning', 'all-silent': 'failure' },
  },
  clock: { group: 'Clock', found: { right: 'ok', off: 'warning', unknown: 'warning', wrong: 'failure' } },
  ffmpeg: { group: 'Tools', found: { present: 'ok', absent: 'ok' } },
  webhooks: {
    group: 'Webhooks',
    found: {
      off: 'ok',
      reached: 'ok',
      'not-running': 'warning',
      unreachable: 'failure',
      certificate: 'failure',
      stranger: 'failure',
    },
  },
  node: { group: 'This machine', found: { fitting: 'ok', old: 'failure' } },
  'encryption-key': {
    group: 'This machine',
    found: { unneeded: 'ok', unused: 'ok', opens: 'ok', missing: 'failure', wrong: 'failure' },
  },
  memory: { group: 'This machine', found: { unlimited: 'ok', enough: 'ok', low: 'warning' } },
} as const satisfies Record<string, Outcomes>;

/** What something that was found is about. */
export type FindingId = keyof typeof OUTCOMES;

/** What can be found about it. */
type Outcome<Id extends FindingId> = keyof (typeof OUTCOMES)[Id]['found'] & string;

/** Outcomes that every check has: nothing was found out. */
export const UNFINISHED = { skipped: 'skipped', late: 'failure', broken: 'failure' } as const;

/** One thing that was found out. */
export interface Finding {
  readonly id: FindingId;
  /** Which of the outcomes of `id` it is. */
  readonly outcome: string;
  readonly group: (typeof GROUPS)[number];
  readonly status: Status;
  /** What was found, for the operator. */
  readonly message: string;
  /** What to do now. */
  readonly fix?: string | undefined;
}

/** A finding: how bad it is follows from what it is. */
export function found<Id extends FindingId>(
  id: Id,
  outcome: Outcome<Id>,
  message: string,
  fix?: string,
): Finding {
  const { group, found }: Outcomes = OUTCOMES[id];
  // The type of `outcome` vouches for its being there.
  return { id, outcome, group, status: found[outcome] ?? 'failure', message, fix };
}

/** What is said of a check that did not come to an end. */
export function unfinished(
  id: FindingId,
  outcome: keyof typeof UNFINISHED,
  message: string,
  fix?: string,
): Finding {
  return { id, outcome, group: OUTCOMES[id].group, status: UNFINISHED[outcome], message, fix };
}
