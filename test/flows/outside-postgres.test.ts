import { PermissionFlagsBits } from 'discord-api-types/v10';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Message } from '../../sandbox/discord/message-view.ts';
import { USUAL_PERMISSIONS } from '../../sandbox/discord/permissions.ts';
import { secondsIn, untilSays } from '../support/evidence.ts';
import { createPostgresDatabase } from '../support/postgres.ts';
import { startQuickWorld } from '../support/quick-world.ts';
import type { TestDatabase } from '../support/store.ts';
import type { TestWorld } from '../support/world.ts';

describe('outside servers, on PostgreSQL', () => {
  let database: TestDatabase;
  let world: TestWorld;

  beforeAll(async () => {
    database = await createPostgresDatabase();
    world = await startQuickWorld({
      env: { ALLOW_DMS: 'true', DATABASE_URL: database.databaseUrl, BUDGET_MEMBER_DAY: 'unlimited' },
      musicApi: { lengths: { songSeconds: [3, 4] } },
    });
    world.anna.user.installsApp = true;
  });
  afterAll(async () => {
    await world.close();
    await database.remove();
  });

  it('songs of a group lead on line by line, and nobody else finds them', async () => {
    const { anna, ben, discord } = world;
    ben.user.installsApp = true;
    const group = discord.addPrivateChannel([anna.user, ben.user]);
    const form = await anna.command(group, 'compose', { title: 'Ferry', tags: 'folk' }).modal();
    await anna.submit(form, { Lyrics: '[Verse]\nRain on the river\nBoats in a row' }).reply();
    const [song] = (await world.untilClipCards(2, group)) as [Message, Message];
    expect(await ben.autocomplete(group, 'extend', { clip: 'ferry' }, 'clip')).toEqual([]);

    const question = await anna.press(await anna.press(song, 'More').reply(), 'Pick a line').reply();
    const card = await anna.press(question, 'Timeline').reply();
    await untilSays(world, card, 'Boats in a row');
    const panel = await anna.press(card, 'Pick a line').reply();
    const [menu] = panel.selects;
    const line = menu?.options.find(({ label }) => label.endsWith('Boats in a row'))?.label ?? '';
    await anna.select(panel, menu?.customId ?? '', [line]).reply();
    const extend = await anna.press(panel, 'Extend').modal();
    const at = secondsIn(extend, 'From');
    await anna.submit(extend).reply();
    await world.untilClipCards(4, group);
    expect(world.musicApi.tasks.at(-1)?.body).toMatchObject({ continue_at: at });
  });

  it('songs whose answer Discord hides stay their owner’s', async () => {
    const { anna, ben, discord, musicApi } = world;
    const guild = discord.addGuild({ name: 'Quiet please', installed: false });
    guild.addMember(anna.user, { permissions: USUAL_PERMISSIONS & ~PermissionFlagsBits.UseExternalApps });
    guild.addMember(ben.user);
    const channel = guild.addChannel({ name: 'talk' });
    anna.command(channel, 'create', { prompt: 'hush', title: 'Hush' });
    await world.untilClipCards(2, channel);
    expect(ben.sees(channel)).toEqual([]);
    const clip = musicApi.tasks.at(-1)?.clips[0]?.clipId ?? '';
    const refused = await ben.command(channel, 'cover', { clip }).reply();
    expect(refused.text).toContain('belongs to somebody else');
  });
});
