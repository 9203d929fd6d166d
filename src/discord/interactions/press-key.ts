/**
 * Request key of a press on a button that spends without asking again: the decision belongs to the message, so
 * a second press of it, by whomever, is the same decision.
 */
export function pressKey(messageId: string, action: string): string {
  return `${messageId}:${action}`;
}
