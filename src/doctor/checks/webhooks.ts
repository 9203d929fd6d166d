import { WEBHOOK_PATH } from '../../tracker/webhooks.ts';
import type { Check } from '../check.ts';
import { type Finding, found } from '../outcomes.ts';
import { describeReason } from '../reason.ts';

/** No task has this id. */
const NO_TASK = 'doctor';

/** What a proxy says for a program behind it that does not run. */
const NOBODY_BEHIND = [502, 503, 504];

/** Codes of certificates that are not believed (Node: TLS, X509 certificate error codes). */
const CERTIFICATE = /CERT|SIGNATURE|ERR_TLS|SELF_SIGNED|UNABLE_TO_(GET|VERIFY)/;

/** Whether MusicAPI would reach this bot over PUBLIC_URL. */
export const webhooks: Check = {
  id: 'webhooks',
  title: 'Webhooks',
  needs: ['configuration'],
  async run({ config }, signal) {
    if (config.publicUrl === undefined) {
      const words =
        'PUBLIC_URL is not set: finished songs are noticed by asking, which costs nothing but seconds.';
      return [found('webhooks', 'off', words)];
    }
    const url = `${config.publicUrl}${WEBHOOK_PATH}/${NO_TASK}`;
    try {
      const answer = await fetch(url, { method: 'POST', body: '{}', redirect: 'manual', signal });
      return [judgeAnswer(url, answer.status, await answer.text())];
    } catch (error) {
      signal.throwIfAborted();
      return [judgeFailure(url, error)];
    }
  },
};

/** Our receiver answers a call without a signature with 401 and this body (src/http/webhook-route.ts). */
const OUR_REFUSAL = '{"error":"Unauthorized"}';

function judgeAnswer(url: string, status: number, body: string): Finding {
  if (status === 401 && body === OUR_REFUSAL) return found('webhooks', 'reached', `${url} reaches the bot.`);
  if (NOBODY_BEHIND.includes(status)) {
    const words = `${url} answers ${status}: nothing runs behind it at the moment.`;
    return found('webhooks', 'not-running', words, 'Start the bot and run this again; then check HTTP_PORT.');
  }
  const words = `${url} answers ${status}, but that is not the bot.`;
  const fix = `Let the reverse proxy pass POST ${WEBHOOK_PATH}/ on to HTTP_HOST and HTTP_PORT, with the path as it is.`;
  return found('webhooks', 'stranger', words, fix);
}

function judgeFailure(url: string, error: unknown): Finding {
  const reason = describeReason(error);
  if (CERTIFICATE.test(codeOf(error))) {
    const fix =
      'Give the reverse proxy a certificate that everybody believes (Let’s Encrypt), with its whole chain.';
    return found('webhooks', 'certificate', `The certificate of ${url} is not believed (${reason}).`, fix);
  }
  const fix = 'Check the name in DNS, the port in the firewall, and whether the reverse proxy runs.';
  return found('webhooks', 'unreachable', `${url} cannot be reached (${reason}).`, fix);
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return '';
  if (error.cause !== undefined) return codeOf(error.cause);
  return 'code' in error ? String(error.code) : '';
}
