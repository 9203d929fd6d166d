import { answerInteraction } from '../callback.ts';
import {
  createFollowUp,
  editWebhookMessage,
  getAnsweredInteraction,
  getWebhookMessage,
} from '../interaction-webhook.ts';
import { deleteMessage } from '../messages.ts';
import { renderMessage } from '../render-message.ts';
import type { World } from '../world.ts';
import { type Call, NO_CONTENT, ok, param, type Route } from './route.ts';

/** Answers and follow-ups. @see https://discord.com/developers/docs/interactions/receiving-and-responding */
export function interactionRoutes(world: World): Route[] {
  const webhook = { auth: 'none', bucket: 'interaction-webhook', major: 'token' } as const;
  const messagePath = '/webhooks/:application/:token/messages/:message';
  const getInteraction = (call: Call) =>
    getAnsweredInteraction(world, param(call, 'application'), param(call, 'token'));
  return [
    {
      method: 'POST',
      path: '/interactions/:interaction/:token/callback',
      auth: 'none',
      bucket: 'interaction-callback',
      major: 'interaction',
      handle(call) {
        const { body, uploads } = call;
        const answer = { id: param(call, 'interaction'), token: param(call, 'token'), body, uploads };
        const result = answerInteraction(world, answer);
        return ['true', '1'].includes(call.query.with_response ?? '') ? ok(result) : NO_CONTENT;
      },
    },
    {
      ...webhook,
      method: 'POST',
      path: '/webhooks/:application/:token',
      handle: (call) =>
        ok(renderMessage(world, createFollowUp(world, getInteraction(call), call.body, call.uploads))),
    },
    {
      ...webhook,
      method: 'GET',
      path: messagePath,
      handle: (call) =>
        ok(renderMessage(world, getWebhookMessage(getInteraction(call), param(call, 'message')))),
    },
    {
      ...webhook,
      method: 'PATCH',
      path: messagePath,
      handle(call) {
        const interaction = getInteraction(call);
        const message = getWebhookMessage(interaction, param(call, 'message'));
        return ok(
          renderMessage(world, editWebhookMessage(world, interaction, message, call.body, call.uploads)),
        );
      },
    },
    {
      ...webhook,
      method: 'DELETE',
      path: messagePath,
      handle(call) {
        deleteMessage(world, getWebhookMessage(getInteraction(call), param(call, 'message')));
        return NO_CONTENT;
      },
    },
  ];
}
