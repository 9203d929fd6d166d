import { botCan, getVisibleChannel, requirePermission } from '../access.ts';
import { botFileLimit } from '../attachments.ts';
import type { Channel } from '../channel.ts';
import { isRecord, refuse, refuseForm } from '../errors.ts';
import { createMessage, deleteMessage, editMessage, getChannelMessage } from '../messages.ts';
import { createNonces } from '../nonces.ts';
import { createOldEditCheck } from '../old-edits.ts';
import type { MessageRecord } from '../records.ts';
import { renderChannel } from '../render.ts';
import { renderMessage } from '../render-message.ts';
import { startThread } from '../threads.ts';
import type { World } from '../world.ts';
import { type Call, NO_CONTENT, ok, param, type Route } from './route.ts';

/** Channels and their messages, as the bot itself. @see https://discord.com/developers/docs/resources/message */
export function channelRoutes(world: World): Route[] {
  const nonces = createNonces(world);
  const checkOldEdit = createOldEditCheck(world);
  const bot = { auth: 'bot', major: 'channel' } as const;
  const getChannel = (call: Call) => getVisibleChannel(world, param(call, 'channel'));
  const messagePath = '/channels/:channel/messages/:message';

  function post(call: Call): MessageRecord {
    const channel = getChannel(call);
    requirePermission(channel, channel.parent ? 'SendMessagesInThreads' : 'SendMessages');
    if (channel.kind === 'bot-dm') checkDm(channel);
    const body = isRecord(call.body) ? call.body : {};
    checkContents(channel, call);
    const { nonce } = body;
    if (body.enforce_nonce === true && (typeof nonce === 'string' || typeof nonce === 'number')) {
      const earlier = nonces.find(world.botUser.id, nonce);
      if (earlier) return earlier;
    }
    const replied = findReplied(channel, body.message_reference);
    const message = createMessage(world, call.body, call.uploads, {
      channel,
      author: world.botUser,
      fileLimitBytes: botFileLimit(channel),
      reference: replied && { messageId: replied.id, channelId: channel.id },
      repliedTo: replied?.author,
    });
    nonces.remember(message);
    return message;
  }

  function checkDm(channel: Channel): void {
    const guilds = [...world.guilds.values()].filter((guild) => guild.installed);
    for (const user of channel.recipients) {
      if (!user.dmsOpen) throw refuse('dmsClosed');
      if (!user.installsApp && !guilds.some((guild) => guild.members.has(user.id)))
        throw refuse('noMutualGuilds');
    }
  }

  return [
    {
      ...bot,
      method: 'GET',
      path: '/channels/:channel',
      bucket: 'other',
      handle: (call) => ok(renderChannel(getChannel(call))),
    },
    {
      ...bot,
      method: 'POST',
      path: '/channels/:channel/typing',
      bucket: 'typing',
      handle(call) {
        requirePermission(getChannel(call), 'SendMessages');
        return NO_CONTENT;
      },
    },
    {
      ...bot,
      method: 'GET',
      path: '/channels/:channel/messages',
      bucket: 'message-read',
      handle(call) {
        const channel = getChannel(call);
        // Without the history permission the list is empty, it is not an error.
        if (!botCan(channel, 'ReadMessageHistory')) return ok([]);
        return ok(listPage(channel, call.query).map((message) => renderForBot(world, channel, message)));
      },
    },
    {
      ...bot,
      method: 'POST',
      path: '/channels/:channel/messages',
      bucket: 'message-create',
      handle: (call) => ok(renderMessage(world, post(call), { withNonce: true })),
    },
    {
      ...bot,
      method: 'GET',
      path: messagePath,
      bucket: 'message-read',
      handle(call) {
        const channel = getChannel(call);
        requirePermission(channel, 'ReadMessageHistory');
        return ok(renderForBot(world, channel, getChannelMessage(channel, param(call, 'message'))));
      },
    },
    {
      ...bot,
      method: 'PATCH',
      path: messagePath,
      bucket: 'message-edit',
      handle(call) {
        const channel = getChannel(call);
        const message = getChannelMessage(channel, param(call, 'message'));
        if (message.author !== world.botUser) throw refuse('notYours');
        checkContents(channel, call);
        checkOldEdit(message);
        const edited = editMessage(world, message, call.body, call.uploads, {
          fileLimitBytes: botFileLimit(channel),
        });
        return ok(renderMessage(world, edited));
      },
    },
    {
      ...bot,
      method: 'DELETE',
      path: messagePath,
      bucket: 'message-delete',
      handle(call) {
        const channel = getChannel(call);
        const message = getChannelMessage(channel, param(call, 'message'));
        if (message.author !== world.botUser) {
          if (channel.kind !== 'guild') throw refuse('notOnDm');
          requirePermission(channel, 'ManageMessages');
        }
        deleteMessage(world, message);
        return NO_CONTENT;
      },
    },
    {
      ...bot,
      method: 'POST',
      path: `${messagePath}/threads`,
      bucket: 'other',
      handle(call) {
        const thread = startThread(world, getChannel(call), param(call, 'message'), call.body);
        return { ...ok(renderChannel(thread)), status: 201 };
      },
    },
  ];
}

/**
 * A message as a bot without the message content intent is shown it: what others wrote and attached is empty, but in
 * direct messages and where it is mentioned. @see https://discord.com/developers/docs/events/gateway#message-content-intent
 */
function renderForBot(world: World, channel: Channel, message: MessageRecord): Record<string, unknown> {
  const { author, mentions } = message;
  const isSeen =
    author === world.botUser || channel.kind === 'bot-dm' || mentions.users.includes(world.botUser.id);
  const json = renderMessage(world, message);
  return isSeen ? json : { ...json, content: '', embeds: [], attachments: [], components: [] };
}

function checkContents(channel: Channel, call: Call): void {
  const hasEmbeds = isRecord(call.body) && Array.isArray(call.body.embeds) && call.body.embeds.length > 0;
  if (hasEmbeds) requirePermission(channel, 'EmbedLinks');
  if (call.uploads.length > 0) requirePermission(channel, 'AttachFiles');
}

function findReplied(channel: Channel, reference: unknown): MessageRecord | undefined {
  if (!isRecord(reference)) return undefined;
  const message = channel.messages.get(String(reference.message_id));
  if (message && !message.deleted && !message.ephemeralFor) {
    if (!botCan(channel, 'ReadMessageHistory')) throw refuse('missingPermissions');
    return message;
  }
  if (reference.fail_if_not_exists === false) return undefined;
  const problem = {
    path: ['message_reference'],
    code: 'REPLIES_UNKNOWN_MESSAGE',
    message: 'Unknown message',
  };
  throw refuseForm([problem]);
}

/** Newest first, as Discord lists them. */
function listPage(channel: Channel, query: Call['query']): MessageRecord[] {
  const limit = Number(query.limit ?? 50);
  if (!Number.isInteger(limit) || limit < 1 || limit > 100) {
    const message = 'int value should be between 1 and 100.';
    throw refuseForm([
      { path: ['limit'], code: limit > 100 ? 'NUMBER_TYPE_MAX' : 'NUMBER_TYPE_MIN', message },
    ]);
  }
  const all = [...channel.messages.values()].filter((one) => !one.deleted && !one.ephemeralFor);
  const older = (id: string) => all.filter((one) => BigInt(one.id) < BigInt(id));
  const newer = (id: string) => all.filter((one) => BigInt(one.id) > BigInt(id));
  if (query.around) {
    const half = Math.floor(limit / 2);
    const middle = all.filter((one) => one.id === query.around);
    return [...older(query.around).slice(-half), ...middle, ...newer(query.around).slice(0, half)]
      .slice(0, limit)
      .reverse();
  }
  if (query.after) return newer(query.after).slice(0, limit).reverse();
  return (query.before ? older(query.before) : all).slice(-limit).reverse();
}
