/** One leaf of the `errors` tree of an Invalid Form Body answer. */
export interface FormProblem {
  readonly path: readonly (string | number)[];
  readonly code: string;
  readonly message: string;
}

/** An answer that refuses a request, in the shape Discord uses. */
export class DiscordError extends Error {
  override readonly name = 'DiscordError';
  readonly status: number;
  readonly code: number;
  readonly errors: Record<string, unknown> | undefined;
  /** Seconds to wait, on answers with status 429. */
  readonly retryAfter: number | undefined;

  constructor(
    status: number,
    code: number,
    message: string,
    extra: { errors?: Record<string, unknown>; retryAfter?: number } = {},
  ) {
    super(message);
    this.status = status;
    this.code = code;
    this.errors = extra.errors;
    this.retryAfter = extra.retryAfter;
  }

  /** The JSON body of the answer. */
  toBody(): Record<string, unknown> {
    return {
      message: this.message,
      code: this.code,
      ...(this.errors ? { errors: this.errors } : {}),
      ...(this.retryAfter === undefined ? {} : { retry_after: this.retryAfter, global: false }),
    };
  }
}

/** The refusals used here. @see https://discord.com/developers/docs/topics/opcodes-and-status-codes#json */
const REFUSALS = {
  unauthorized: [401, 0, '401: Unauthorized'],
  unknownRoute: [404, 0, '404: Not Found'],
  methodNotAllowed: [405, 0, '405: Method Not Allowed'],
  unknownChannel: [404, 10_003, 'Unknown Channel'],
  unknownGuild: [404, 10_004, 'Unknown Guild'],
  unknownMember: [404, 10_007, 'Unknown Member'],
  unknownMessage: [404, 10_008, 'Unknown Message'],
  unknownUser: [404, 10_013, 'Unknown User'],
  unknownWebhook: [404, 10_015, 'Unknown Webhook'],
  unknownApplication: [404, 10_002, 'Unknown Application'],
  unknownInteraction: [404, 10_062, 'Unknown interaction'],
  unknownCommand: [404, 10_063, 'Unknown application command'],
  tooManyAttachments: [400, 30_015, 'Maximum number of attachments in a message reached (10)'],
  tooLarge: [413, 40_005, 'Request entity too large'],
  alreadyAcknowledged: [400, 40_060, 'Interaction has already been acknowledged.'],
  tooManyFollowUps: [400, 40_094, 'This interaction has reached the maximum number of follow up messages'],
  missingAccess: [403, 50_001, 'Missing Access'],
  notOnDm: [403, 50_003, 'Cannot execute action on a DM channel'],
  notYours: [403, 50_005, 'Cannot edit a message authored by another user'],
  emptyMessage: [400, 50_006, 'Cannot send an empty message'],
  dmsClosed: [403, 50_007, 'Cannot send messages to this user'],
  noMutualGuilds: [403, 50_278, 'Cannot send messages to this user due to having no mutual guilds'],
  missingPermissions: [403, 50_013, 'Missing Permissions'],
  wrongChannelType: [400, 50_024, 'Cannot execute action on this channel type'],
  threadExists: [400, 160_004, 'A thread has already been created for this message'],
  invalidWebhookToken: [401, 50_027, 'Invalid Webhook Token'],
  invalidApiVersion: [400, 50_041, 'Invalid API version'],
  invalidJson: [400, 50_109, 'The request body contains invalid JSON.'],
  voiceHasContent: [400, 50_159, 'Voice messages do not support additional content'],
  voiceNeedsOneFile: [400, 50_160, 'Voice messages must have a single audio attachment'],
  voiceNeedsMetadata: [400, 50_161, 'Voice messages must have supporting metadata'],
  voiceNotEditable: [400, 50_162, 'Voice messages cannot be edited'],
} as const satisfies Record<string, readonly [number, number, string]>;

/** Creates the named refusal. */
export function refuse(name: keyof typeof REFUSALS): DiscordError {
  const [status, code, message] = REFUSALS[name];
  return new DiscordError(status, code, message);
}

/** Creates an Invalid Form Body answer from its problems. @see https://discord.com/developers/docs/reference#error-messages */
export function refuseForm(problems: readonly FormProblem[]): DiscordError {
  const errors: Record<string, unknown> = {};
  for (const { path, code, message } of problems) {
    let node = errors;
    for (const key of path) {
      const existing = node[String(key)];
      const next: Record<string, unknown> = isRecord(existing) ? existing : {};
      node[String(key)] = next;
      node = next;
    }
    const leaves: unknown[] = Array.isArray(node._errors) ? node._errors : [];
    leaves.push({ code, message });
    node._errors = leaves;
  }
  return new DiscordError(400, 50_035, 'Invalid Form Body', { errors });
}

/** Whether a value is a plain object. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
