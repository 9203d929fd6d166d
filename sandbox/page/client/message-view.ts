import type { APIMessage } from 'discord-api-types/v10';
import { html, nothing, type TemplateResult } from 'lit';
import type { ShownMessage } from '../protocol.ts';
import { attachmentView } from './attachment-view.ts';
import { embedView } from './embed-view.ts';
import { pictureOf } from './entities.ts';
import { formatMessageTime } from './formats.ts';
import { ICONS } from './icons.ts';
import { plainMarkdown } from './markdown.ts';
import { markdown } from './markdown-view.ts';
import type { MessageContext } from './message-context.ts';
import { controlsView } from './message-controls.ts';
import { displayName, isSilent, isThinking } from './message-facts.ts';
import { findChannel, findMessage, type Notice } from './page-state.ts';

type Part = TemplateResult | typeof nothing;

/** A message as the person in front of the page sees it. */
export function messageView(
  shown: ShownMessage,
  isGrouped: boolean,
  context: MessageContext,
): TemplateResult {
  const { message, ephemeral, pinged } = shown;
  const { state, locale } = context;
  const name = displayName(message.author, state);
  const when = formatMessageTime(Date.parse(message.timestamp), { locale, now: Date.now() });
  const isAwaited = isThinking(message);
  return html`<discord-message
    id="message-${message.id}"
    role="article"
    aria-label="${name}, ${when}"
    class=${[ephemeral ? 'private' : '', pinged ? 'pinged' : ''].join(' ')}
    author=${name}
    avatar=${pictureOf(state, { id: message.author.id, name })}
    timestamp=${when}
    ?bot=${message.author.bot ?? false}
    ?edited=${Boolean(message.edited_timestamp) && !isAwaited}
    ?message-body-only=${isGrouped}
  >
    ${usedView(message, context)} ${replyView(message, context)}
    ${isAwaited ? thinkingView(name) : markdown(message.content, context)}
    ${
      message.attachments.length > 0
        ? html`<discord-attachments slot="attachments">${message.attachments.map(attachmentView)}</discord-attachments>`
        : nothing
    }
    ${message.embeds.map((embed) => embedView(embed, context))} ${controlsView(message, context)}
    ${noticesOf(message.id, context).map((notice) => html`<div slot="components">${noticeView(notice, context)}</div>`)}
    ${threadView(message.id, context)} ${marksView(shown, context)}
    ${
      ephemeral || isAwaited
        ? nothing
        : html`<encore-apps-menu slot="reactions" .store=${context.store} .message=${message}></encore-apps-menu>`
    }
  </discord-message>`;
}

/** What went wrong with an interaction, in red, for this person alone. */
export function noticeView(notice: Notice, context: MessageContext): TemplateResult {
  return html`<p class="notice" role="alert">
    <span aria-hidden="true">⚠</span>
    <span><strong>${notice.what}:</strong> ${notice.sentence}</span>
    <button type="button" class="link-button" @click=${() => context.dismissNotice(notice)}>Dismiss</button>
  </p>`;
}

function thinkingView(name: string): TemplateResult {
  return html`<p class="thinking">${name} is thinking<span class="dots" aria-hidden="true"></span></p>`;
}

/** "Anna used /create", over the answer to a command. */
function usedView({ interaction_metadata: used }: APIMessage, context: MessageContext): Part {
  if (!used || !('name' in used) || typeof used.name !== 'string') return nothing;
  const { state } = context;
  const name = displayName(used.user, state);
  const picture = pictureOf(state, { id: used.user.id, name });
  if (!('target_message_id' in used) || used.target_message_id === undefined) {
    return html`<discord-command
      slot="reply"
      author=${name}
      avatar=${picture}
      command=${used.name}
    ></discord-command>`;
  }
  const target = findMessage(state, used.target_message_id);
  const author = target ? displayName(target.author, state) : '';
  return html`<discord-command
    slot="reply"
    type="message_command"
    author=${name}
    avatar=${picture}
    command=${used.name}
    context-user-name=${author}
    context-user-image=${target ? pictureOf(state, { id: target.author.id, name: author }) : ''}
    context-message-reply=${target ? shorten(target, context) : ''}
    ?context-user-bot=${target?.author.bot ?? false}
    ?context-attachment-reply=${(target?.attachments.length ?? 0) > 0}
    ?context-message-deleted=${!target}
  ></discord-command>`;
}

function replyView(message: APIMessage, context: MessageContext): Part {
  const { message_reference: reference } = message;
  if (!reference) return nothing;
  // Private messages are not handed on by others, but the person's own client has them.
  const answered = message.referenced_message ?? findMessage(context.state, reference.message_id);
  if (!answered) return html`<discord-reply slot="reply" deleted></discord-reply>`;
  const name = displayName(answered.author, context.state);
  return html`<discord-reply
    slot="reply"
    author=${name}
    avatar=${pictureOf(context.state, { id: answered.author.id, name })}
    ?bot=${answered.author.bot ?? false}
    ?attachment=${answered.attachments.length > 0}
    >${shorten(answered, context)}</discord-reply
  >`;
}

/** A message in one line, over what answers it. */
function shorten({ content, embeds }: APIMessage, { nameOf }: MessageContext): string {
  return plainMarkdown(content, (id) => nameOf(id)) || embeds[0]?.title || 'Click to see attachment';
}

/** The way into the thread that hangs on a message: it has the message's id. */
function threadView(messageId: string, context: MessageContext): Part {
  const thread = findChannel(context.state, messageId);
  return thread
    ? html`<button slot="thread" type="button" class="button" @click=${() => context.open(thread.id)}>
        Thread: ${thread.name}
      </button>`
    : nothing;
}

function noticesOf(messageId: string, { state }: MessageContext): readonly Notice[] {
  return state.notices.filter((notice) => notice.messageId === messageId);
}

/** What Discord's client says below a message about who sees it and who heard of it. */
function marksView({ message, ephemeral, pinged }: ShownMessage, context: MessageContext): Part {
  if (ephemeral) {
    return html`<p slot="components" class="marks">
      ${ICONS.eye} Only you can see this ·
      <button type="button" class="link-button" @click=${() => context.dismiss(message.id)}>
        Dismiss message
      </button>
    </p>`;
  }
  const mark = pinged ? 'Pinged you' : isSilent(message) ? 'Sent without a notification' : undefined;
  return mark ? html`<p slot="components" class="marks">${mark}</p>` : nothing;
}
