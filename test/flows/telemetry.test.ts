/** What an operator sees of a day in the life of the bot: its metrics, and its log. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { App } from '../../src/app.ts';
import { openChannel, untilSays } from '../support/evidence.ts';
import { PATIENCE } from '../support/patience.ts';
import { startQuickWorld } from '../support/quick-world.ts';
import type { LogLine, TestWorld } from '../support/world.ts';
import { listFaults, type MetricsPage, scrape } from '../telemetry/metrics-text.ts';

const MINUTE_MS = 60_000;
const TOO_LARGE = { status: 413, code: 40_005, message: 'Request entity too large' } as const;
const CHANNEL_POST = { method: 'POST', route: /^\/channels\/\d+\/messages$/ } as const;
const FOLLOW_UP = { method: 'POST', route: /^\/webhooks\/\d+\/[^/]+$/ } as const;

let world: TestWorld;
let app: App;
let page: MetricsPage;
beforeAll(async () => {
  world = await startQuickWorld({
    startsBot: false,
    env: {
      HTTP_PORT: '0',
      PUBLIC_URL: 'https://music.example.org',
      BUDGET_MEMBER_DAY: 'unlimited',
      BUDGET_SERVER_DAY: 'unlimited',
    },
  });
  app = await world.startBot();
  world.musicApi.setWebhooks({ origin: app.httpUrl ?? '' });
  await live();
  page = await scrape(app.httpUrl);
});
afterAll(() => world.close());

/** A song, one of which MusicAPI makes nothing, one too many, and three that find their way as well as they can. */
async function live(): Promise<void> {
  const { anna, discord, musicApi } = world;
  const ask = (name: string) => {
    const channel = openChannel(world, name);
    return {
      channel,
      sent: anna.command(channel, 'create', { prompt: `a song called ${name}`, title: name }),
    };
  };
  musicApi.fault({
    method: 'POST',
    path: /create$/,
    answer: { status: 429, headers: { 'retry-after': '1' } },
  });
  const first = ask('first');
  const [song] = await world.untilClipCards(2, first.channel);
  anna.press(song ?? (await first.sent.reply()), 'More');
  await anna.autocomplete(first.channel, 'extend', { clip: 'fir' }, 'clip');

  musicApi.nextTask({ kind: 'fail', error: 'nobody could sing that' });
  await untilSays(world, await ask('in vain').sent.reply(), 'Not made');
  await anna.command(first.channel, 'extend', { clip: 'no clip of that name' }).reply();

  discord.fault({ ...CHANNEL_POST, times: 2, answer: TOO_LARGE });
  discord.fault({ ...FOLLOW_UP, times: 2, answer: TOO_LARGE });
  musicApi.nextTask('half');
  await world.untilClipCards(1, ask('too large').channel);

  musicApi.nextTask('never');
  const late = ask('late');
  await untilSays(world, await late.sent.reply(), 'Being made');
  const countLooks = () => musicApi.requests.filter(({ method }) => method === 'GET').length;
  const looks = countLooks();
  await vi.waitUntil(() => countLooks() > looks + 1, PATIENCE);
  late.channel.setBotPermissions({ without: ['SendMessages'] });
  world.advance(16 * MINUTE_MS);
  musicApi.setTask(musicApi.tasks.at(-1)?.taskId ?? '', []);
  await world.untilClipCards(2, discord.openDm(anna.user));

  musicApi.nextTask({ kind: 'other-host', host: 'http://media.example.com' });
  ask('elsewhere');
  // The card names the host already while the song can only be listened to.
  const countHeld = () => world.log.filter(({ setback }) => setback === 'unlisted-host').length;
  await vi.waitUntil(() => countHeld() === 2, PATIENCE);
}

describe('the metrics of a running bot', () => {
  const CREATE = { engine: 'sonic', operation: 'create' };
  const OPERATOR = { account_kind: 'operator' };

  it.each<[string, Record<string, string>, number]>([
    ['encore_tasks', {}, 0],
    ['encore_tasks_ended_total', { ...CREATE, outcome: 'succeeded' }, 4],
    ['encore_tasks_ended_total', { ...CREATE, outcome: 'failed' }, 1],
    ['encore_queue_oldest_seconds', {}, 0],
    ['encore_queue_wait_seconds_count', {}, 5],
    ['encore_task_duration_seconds_count', CREATE, 5],
    ['encore_provider_requests_total', { endpoint: '/sonic/create', outcome: 'ok' }, 5],
    ['encore_provider_requests_total', { endpoint: '/sonic/create', outcome: 'rate_limited' }, 1],
    ['encore_provider_request_duration_seconds_count', { endpoint: '/sonic/create' }, 6],
    ['encore_provider_up', {}, 1],
    ['encore_deliveries_total', { rung: 'file', route: 'channel', outcome: 'posted' }, 2],
    ['encore_deliveries_total', { rung: 'link', route: 'channel', outcome: 'posted' }, 1],
    ['encore_deliveries_total', { rung: 'file', route: 'dm', outcome: 'posted' }, 2],
    ['encore_deliveries_open', {}, 2],
    ['encore_delivery_duration_seconds_count', {}, 5],
    ['encore_credits_reserved_total', OPERATOR, 100],
    ['encore_credits_charged_total', OPERATOR, 80],
    ['encore_credits_refunded_total', OPERATOR, 20],
    ['encore_discord_rate_limits_total', {}, 0],
    ['encore_gateway_up', {}, 1],
    ['encore_interactions_total', { kind: 'command', name: 'create', outcome: 'answered' }, 5],
    ['encore_interactions_total', { kind: 'command', name: 'extend', outcome: 'refused' }, 1],
    ['encore_interactions_total', { kind: 'button', name: 'more', outcome: 'answered' }, 1],
    ['encore_interactions_total', { kind: 'autocomplete', name: 'extend', outcome: 'answered' }, 1],
    ['encore_interaction_ack_seconds_count', {}, 8],
    ['encore_database_up', {}, 1],
    ['encore_database_errors_total', {}, 0],
    ['encore_build_info', { role: 'all' }, 1],
  ])('%s %o is %d', (name, labels, value) => {
    expect(page.sum(name, labels) ?? 0).toBe(value);
  });

  it.each<[string, Record<string, string>]>([
    ['encore_poll_lag_seconds_count', {}],
    ['encore_detection_lag_seconds_count', {}],
    ['encore_provider_requests_total', { endpoint: '/sonic/task/:id', outcome: 'ok' }],
    ['encore_provider_requests_total', { endpoint: '/get-credits', outcome: 'ok' }],
    ['encore_deliveries_total', { outcome: 'too_large' }],
    ['encore_deliveries_total', { outcome: 'closed' }],
    ['encore_deliveries_oldest_seconds', {}],
    ['encore_uploads_total', { outcome: 'ok' }],
    ['encore_uploads_total', { outcome: 'refused' }],
    ['encore_upload_bytes_total', {}],
    ['encore_downloads_total', { outcome: 'ok' }],
    ['encore_downloads_total', { outcome: 'unlisted_host' }],
    ['encore_download_bytes_total', {}],
    ['encore_media_unlisted_hosts_total', {}],
    ['encore_webhooks_total', { outcome: 'woken' }],
    [
      'encore_discord_requests_total',
      { route: 'POST /interactions/:id/:token/callback', status_class: '2xx' },
    ],
    ['encore_discord_requests_total', { route: 'POST /channels/:id/messages', status_class: '4xx' }],
    ['encore_discord_request_duration_seconds_count', { route: 'POST /channels/:id/messages' }],
    ['process_resident_memory_bytes', {}],
    ['nodejs_eventloop_lag_p99_seconds', {}],
  ])('%s %o is more than nothing', (name, labels) => {
    expect(page.sum(name, labels)).toBeGreaterThan(0);
  });

  it('know the balance as MusicAPI told it', () => {
    expect(page.sum('encore_credits_balance')).toBeLessThanOrEqual(10_000);
    expect(page.sum('encore_credits_balance')).toBeGreaterThan(9_000);
  });

  it('keep to the conventions, and hold nothing of anybody in a label', () => {
    expect(listFaults(page)).toEqual([]);
  });

  it('have no more series than a small server can keep', () => {
    expect(page.samples.length).toBeLessThan(1_500);
  });

  it('cost the database one look, however many ask', async () => {
    const pages = await Promise.all(Array.from({ length: 20 }, () => scrape(app.httpUrl)));
    expect(new Set(pages.map((one) => one.sum('encore_deliveries_oldest_seconds'))).size).toBeLessThan(3);
  });
});

describe('the log of a running bot', () => {
  const linesOf = (words: string) => world.log.filter(({ msg }) => msg === words);

  it('has one line for each interaction, with what was used, its end and its times', () => {
    const ids = world.discord.interactions().map(({ id }) => id);
    expect(ids.length).toBeGreaterThanOrEqual(8);
    for (const id of ids) {
      const [line, ...others] = linesOf('interaction').filter(({ interactionId }) => interactionId === id);
      expect(others).toEqual([]);
      expect(line).toMatchObject({
        level: 30,
        name: expect.stringMatching(/^(?:create|extend|more)$/),
        outcome: expect.stringMatching(/^(?:answered|refused)$/),
        guildId: world.guild.id,
        channelId: expect.stringMatching(/^\d+$/),
        durationMs: expect.any(Number),
        ackMs: expect.any(Number),
      });
    }
  });

  it('tells every step of a task in its order, each from where the one before led, with why and for how long', () => {
    const steps = Map.groupBy(linesOf('task changed'), ({ taskId }) => taskId);
    expect(steps.size).toBe(5);
    const lives = [...steps.values()].map((lines) => lines.map(describeStep).join(' '));
    expect(lives).toEqual([
      'queued submitting queued(rate-limited) submitting running succeeded',
      'queued submitting running failed(task-failed)',
      ...Array.from({ length: 3 }, () => 'queued submitting running succeeded'),
    ]);
    for (const lines of steps.values()) {
      expect(lines.map(({ from }) => from)).toEqual([undefined, ...lines.slice(0, -1).map(({ to }) => to)]);
      for (const line of lines.slice(1)) {
        expect(line).toMatchObject({
          accountId: 'operator',
          engine: 'sonic',
          operation: 'create',
          stateMs: expect.any(Number),
          durationMs: expect.any(Number),
        });
      }
      expect(lines.at(-1)?.providerTaskId).toEqual(expect.any(String));
    }
  });

  it.each([
    ['MusicAPI was called', 40, { method: 'POST', route: '/sonic/create', status: 429, attempt: 1 }],
    ['MusicAPI was called', 20, { method: 'GET', route: '/sonic/task/:id', status: 200, outcome: 'ok' }],
    ['Discord was called', 20, { route: 'POST /interactions/:id/:token/callback', status: 204 }],
    ['Discord was called', 40, { route: 'POST /channels/:id/messages', status: 413 }],
    ['Discord was called', 20, { route: 'PATCH /webhooks/:id/:token/messages/:id', status: 200 }],
    ['a file was fetched', 20, { status: 200, bytes: expect.any(Number), outcome: 'ok' }],
    ['a file was fetched', 40, { host: 'media.example.com', outcome: 'unlisted_host' }],
    ['a webhook was received', 20, { outcome: 'woken', taskId: expect.any(String) }],
  ])('%s: at level %d %o, with its duration', (words, level, facts) => {
    expect(linesOf(words)).toContainEqual(
      expect.objectContaining({ level, ...facts, durationMs: expect.any(Number) }),
    );
  });

  it('repeats nothing that anybody typed', () => {
    const typed = world.log.filter((line) => /called|no clip of that name/.test(withoutWords(line)));
    expect(typed).toEqual([]);
  });
});

function describeStep({ to, cause }: LogLine): string {
  return cause === undefined ? String(to) : `${to}(${cause})`;
}

/** A line without the sentence that is ours. */
function withoutWords({ msg: _, ...facts }: LogLine): string {
  return JSON.stringify(facts);
}
