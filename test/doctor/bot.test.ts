import { request } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import { runDoctor } from '../../src/doctor/doctor.ts';
import { startWorld } from '../support/world.ts';
import { DEFINITIONS, expectFound, useHttps } from './support.ts';

describe('beside a running bot', () => {
  it('finds everything in order, changes nothing and keeps nobody from anything', async () => {
    let target: string | undefined;
    const publicUrl = await useHttps((incoming, outgoing) => {
      const { method, url, headers } = incoming;
      const passedOn = request(`${target}${url}`, { method, headers }, (answer) => {
        outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
        answer.pipe(outgoing);
      });
      incoming.pipe(passedOn);
    });
    const world = await startWorld({
      startsBot: false,
      env: { HTTP_PORT: '0', PUBLIC_URL: publicUrl },
    });
    onTestFinished(async () => await world.close());
    const env = { ...world.env, ALLOWED_GUILDS: world.guild.id, MEDIA_CAP_MB: '1' };
    target = (await world.startBot(env)).httpUrl;
    const options = { guildId: world.guild.id, channelId: world.channel.id };

    const checked = await runDoctor({ env, commands: DEFINITIONS, ...options });

    // How fast anything answers depends on what else this machine is doing.
    expect(checked.filter(({ status, outcome }) => status !== 'ok' && outcome !== 'slow')).toEqual([]);
    expectFound(checked, 'webhooks', 'reached');
    expectFound(checked, 'database-lock', 'held');
    expectFound(checked, 'discord-commands', 'same');
    expect(world.discord.messages(world.channel)).toEqual([]);
    expect(world.musicApi.tasks).toEqual([]);
    await world.anna.command(world.channel, 'create', { prompt: 'a calm sea' });
    await world.untilClipCards(2);
  });
});
