import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Channel } from '../../../sandbox/discord/channel.ts';
import type { Message } from '../../../sandbox/discord/message-view.ts';
import type { Control } from '../../../sandbox/page/protocol.ts';
import { type PageWorld, startPageWorld } from './page-world.ts';

let world: PageWorld;
let channel: Channel;
let count = 0;
beforeAll(async () => {
  world = await startPageWorld();
});
afterAll(() => world.close());
beforeEach(() => {
  count += 1;
  channel = world.stage.guild.addChannel({ name: `songs-${count}` });
});
afterEach(async () => {
  await world.turn('faults-off');
});

/** Asks for a song. @returns the card */
function ask(): Promise<Message> {
  return world.stage.anna.command(channel, 'create', { prompt: 'a song', title: `Song ${count}` }).reply();
}

/** The same for a song that is not done before `finishSongs`, however slow the machine is. @returns its card, which says that it is being made */
async function askForLongSong(): Promise<Message> {
  await world.turn('pace', 'real');
  const card = await ask();
  await untilSays(card, 'Being made');
  await world.turn('pace', 'fast');
  return card;
}

/** MusicAPI's clock goes on until every song is there. */
const finishSongs = () => world.stage.musicApi.advance(120_000);

const untilSays = (card: Message, text: string) =>
  world.stage.discord.until(() => card.text.includes(text), { what: `"${text}" on ${card.text}` });

const songs = () => world.stage.discord.messages(channel).filter(({ attachments }) => attachments.length > 0);

async function untilDone(card: Message, files = 2): Promise<void> {
  await untilSays(card, 'Done:');
  expect(songs()).toHaveLength(files);
}

const readSwitch = (controls: readonly Control[], id: string) => {
  const control = controls.find((one) => one.id === id);
  return control?.kind === 'switch' && control.on;
};

async function isOn(id: string): Promise<boolean | undefined> {
  return readSwitch(await world.turn('pace', 'fast'), id);
}

describe('every control', () => {
  it('says what it is and what to expect, under an id of its own', async () => {
    const controls = await world.turn('pace', 'fast');
    expect(new Set(controls.map(({ id }) => id)).size).toBe(controls.length);
    for (const { label, expect: expected } of controls) {
      expect(label).toMatch(/^[A-Z].*[^.]$/);
      expect(expected).toMatch(/^[A-Z].*\.$/);
    }
    expect(new Set(controls.map(({ group }) => group))).toEqual(
      new Set(['bot', 'time', 'limits', 'permissions', 'musicapi', 'discord']),
    );
  });

  it.each([
    [{ control: 'nothing' }, 404, 'There is no control "nothing".'],
    [{ control: 'outage' }, 400, '"MusicAPI cannot be reached" is true or false.'],
    [{ control: 'pace', value: 'slowly' }, 400, '"Songs take" is one of fast, real.'],
  ])('refuses what it cannot be turned to: %j', async (request, status, error) => {
    expect(await world.post('/api/controls', request)).toEqual({ status, body: { error } });
  });

  it('shows everybody that it was turned, and that it went off by itself', async () => {
    const ben = await world.watch(world.people.ben);
    await world.turn('task-fails', true);
    await ben.until(() => readSwitch(ben.state.controls, 'task-fails'));
    await untilSays(await ask(), 'Not made.');
    await ben.until(() => !readSwitch(ben.state.controls, 'task-fails'));
    await world.turn('task-fails', true);
    await world.turn('outage', true);
    await world.turn('faults-off');
    await ben.until(() => !readSwitch(ben.state.controls, 'task-fails'));
    expect(readSwitch(ben.state.controls, 'outage')).toBe(false);
    await untilDone(await ask());
  });
});

describe("MusicAPI's faults", () => {
  it('the next task fails: nothing is spent', async () => {
    await world.turn('task-fails', true);
    const card = await ask();
    await untilSays(card, 'Not made. Nothing was spent.');
    expect(card.buttons.map(({ label }) => label)).toEqual(['Try again', 'Edit']);
  });

  it('the next task yields half: one song comes', async () => {
    await world.turn('task-half', true);
    await untilDone(await ask(), 1);
  });

  it('the next task is slow: its songs come all the same', async () => {
    await world.turn('task-slow', true);
    await untilDone(await ask());
    expect(world.stage.musicApi.tasks.at(-1)?.behaviours).toEqual([{ kind: 'slow', factor: 10 }]);
  });

  it('the next request is too much: it is sent again after a pause', async () => {
    const before = world.stage.musicApi.tasks.length;
    await world.turn('create-429', true);
    const card = await ask();
    await untilSays(card, 'MusicAPI asked for a pause');
    await untilDone(card);
    expect(world.stage.musicApi.tasks.length).toBe(before + 1);
  });

  it('the next answer is lost: nothing is sent twice', async () => {
    const before = world.stage.musicApi.tasks.length;
    await world.turn('answer-lost', true);
    await untilSays(await ask(), 'it is not known whether MusicAPI took it');
    expect(world.stage.musicApi.tasks.length).toBe(before + 1);
  });

  it("the next song's file address changes: it is posted from the new one", async () => {
    await world.turn('audio-late', true);
    await untilDone(await ask());
    expect(await isOn('audio-late')).toBe(false);
  });

  it("the next song's file is missing: the card says so", async () => {
    await world.turn('audio-missing', true);
    await untilSays(await ask(), 'MusicAPI does not give out its audio');
  });

  it('it cannot be reached: what was asked for is sent once it can', async () => {
    await world.turn('outage', true);
    const card = await ask();
    await untilSays(card, 'Nothing was spent');
    expect(card.text).toMatch(/cannot be reached|is not answering/);
    await world.turn('outage', false);
    await untilDone(card);
  });

  it('it refuses the key: nothing is made until it takes it again, and the operator hears of it', async () => {
    const operator = await world.watch(world.people.owner);
    await world.turn('key-refused', true);
    await untilSays(await ask(), 'Not made. Nothing was spent.');
    await operator.until(() => operator.messages(operator.state.dm).length > 0);
    await world.turn('key-refused', false);
    await untilDone(await ask());
  });

  it('the balance is empty: nothing is made until it is filled', async () => {
    const before = world.stage.musicApi.credits();
    await world.turn('balance-empty', true);
    await untilSays(await ask(), 'Not made. Nothing was spent.');
    await world.turn('balance-empty', false);
    expect(world.stage.musicApi.credits()).toEqual(before);
  });

  it('the balance is empty: what a failed song gives back meanwhile is not lost', async () => {
    const { musicApi } = world.stage;
    const before = musicApi.credits();
    await world.turn('task-fails', true);
    const card = await askForLongSong();
    await world.turn('balance-empty', true);
    finishSongs();
    await untilSays(card, 'Not made.');
    await world.turn('balance-empty', false);
    expect(musicApi.credits()).toEqual(before);
  });
});

describe("Discord's faults", () => {
  it.each(['post-fails', 'post-answer-lost'])('%s: every song is posted once', async (fault) => {
    await world.turn(fault, true);
    await untilDone(await ask());
    expect(await isOn(fault)).toBe(false);
  });

  it('the gateway is cut: the bot comes back and answers', async () => {
    await world.turn('gateway-cut');
    await world.stage.discord.whenConnected();
    await untilDone(await ask());
  });
});

describe('the bot', () => {
  it('is killed while it makes a song, comes back, and brings it once', async () => {
    const card = await askForLongSong();
    await world.turn('bot-restart');
    finishSongs();
    await untilDone(card);
  });

  it('is switched off, and on again', async () => {
    expect(readSwitch(await world.turn('bot-runs', false), 'bot-runs')).toBe(false);
    expect(world.stage.discord.gateway.connected()).toBe(0);
    expect(readSwitch(await world.turn('bot-runs', true), 'bot-runs')).toBe(true);
    await untilDone(await ask());
  });
});

describe('time', () => {
  it('lets songs take minutes, as in reality, and seconds again', async () => {
    const card = await askForLongSong();
    expect(world.stage.musicApi.tasks.at(-1)?.timeline.lastMs).toBe(120_000);
    finishSongs();
    await untilDone(card);
    await untilDone(await ask(), 4);
  });

  it('lets tokens die: the song comes by a message of the bot', async () => {
    await askForLongSong();
    await world.turn('tokens-die');
    finishSongs();
    await world.stage.discord.until(() => songs().length === 2, { what: 'the songs' });
    expect(songs().map(({ interactionId }) => interactionId)).toEqual([undefined, undefined]);
  });
});

describe('limits and permissions', () => {
  it('where the bot may not post, songs come as answers to the command', async () => {
    const { channel: first, anna, discord } = world.stage;
    await world.turn(`may-post-${first.id}`, false);
    const card = await anna.command(first, 'create', { prompt: 'a quiet song' }).reply();
    const answers = await discord.until(() => {
      const found = discord.messages(first).filter(({ attachments }) => attachments.length > 0);
      return found.length > 0 && found;
    });
    expect(answers[0]?.interactionId).toBe(card.interactionId);
    await world.turn(`may-post-${first.id}`, true);
    expect(await isOn(`may-post-${first.id}`)).toBe(true);
  });

  it('what is too large for the upload limit comes in pieces, and the message says so', async () => {
    const anna = await world.watch(world.people.anna);
    await world.turn('upload-limit', 'tiny');
    await anna.until(() => anna.channel('songs').uploadLimitBytes === 100 * 1024);
    const refused = await world.post('/api/say', {
      as: world.people.anna.id,
      channel: anna.channel('songs').id,
      content: '',
      files: [{ name: 'a.wav', base64: Buffer.alloc(100 * 1024 + 1).toString('base64') }],
    });
    expect(refused.status).toBe(422);

    const { channel: first, anna: person, discord } = world.stage;
    await person.command(first, 'create', { prompt: 'a long song', title: 'Long', duration: '120' }).reply();
    const [song] = await discord.until(() => {
      const found = discord
        .messages(first)
        .filter(({ text, attachments }) => attachments.length > 0 && text.includes('Long'));
      return found.length > 0 && found;
    });
    expect(song?.text).toContain('as too large, so it comes in 2 pieces');
    expect(song?.attachments.every(({ size }) => size <= 100 * 1024)).toBe(true);
    await world.turn('upload-limit', 'usual');
    await anna.until(() => anna.channel('songs').uploadLimitBytes === 10 * 1024 * 1024);
  });
});
