import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import type { Message } from '../../sandbox/discord/message-view.ts';
import type { Person } from '../../sandbox/discord/person.ts';
import type { Sent } from '../../sandbox/discord/sent.ts';
import type { Asker } from './asker.ts';
import { SLOW_MS } from './lives.ts';

/** A part of the full story. `mark` stands in all that is asked for in it, and nowhere else. */
export interface Chapter {
  readonly name: string;
  /** Gives whether it came to its end; a task that became unknown ends it before. */
  readonly play: (asker: Asker, mark: string) => Promise<boolean>;
}

/** For answers of a bot that begins anew. */
const SLOWLY = { timeoutMs: SLOW_MS };

/** Longest title that MusicAPI takes. */
const MAX_TITLE_LENGTH = 80;

/** The full story: a song and what is made of it, every other way to a result, and the end without one. */
export const CHAPTERS: readonly Chapter[] = [
  { name: 'song', play: playSong },
  {
    name: 'lyrics',
    play: (asker, about) => asker.ask('lyrics', async () => command(asker, 'lyrics', { about })),
  },
  {
    name: 'wav',
    play: (asker) => {
      const clip = addClip(asker);
      return asker.ask('wav', async () => command(asker, 'export', { clip, format: 'wav' }));
    },
  },
  {
    // MusicAPI prepares such a file: it answers 202 once, which is free.
    name: 'download',
    play: (asker) => {
      const clip = addClip(asker);
      return asker.ask('download', async () => command(asker, 'export', { clip, format: 'mp3' }));
    },
  },
  {
    name: 'upload',
    play: (asker, mark) => {
      const file = { name: `${mark}.mp3`, data: asker.stage.recording };
      return asker.ask('upload', async () => command(asker, 'upload', { file }));
    },
  },
  {
    name: 'batch',
    play: (asker, prompt) => asker.ask('create', async () => command(asker, 'batch', { prompt, count: 2 })),
  },
  {
    name: 'inspect',
    play: (asker) => {
      const clip = addClip(asker);
      return asker.ask('bpm', async () => command(asker, 'inspect', { clip }));
    },
  },
  { name: 'edit', play: playEdit },
  { name: 'send-anyway', play: playSendAnyway },
  { name: 'fail', play: playFailure },
];

/** `/create`, **Extend** and **Stems**. */
async function playSong(asker: Asker, prompt: string): Promise<boolean> {
  const { world } = asker.stage;
  const song = () => world.clipCards(asker.channel)[0] as Message; // the first task has succeeded
  return (
    (await asker.ask('create', async () => command(asker, 'create', { prompt }))) &&
    (await asker.ask('extend', async () => {
      const modal = await world.anna.press(song(), 'Extend').modal(SLOWLY);
      world.anna.submit(modal, { Title: `${prompt}, further` });
    })) &&
    (await asker.ask('stems-basic', async () => {
      const question = await world.anna.press(song(), 'Stems').reply(SLOWLY);
      world.anna.press(question, 'Basic');
    }))
  );
}

/** A request that is refused, and mended by **Edit**: what was typed is there whenever the form is opened. */
async function playEdit(asker: Asker, prompt: string): Promise<boolean> {
  const { anna } = asker.stage.world;
  const title = prompt.padEnd(MAX_TITLE_LENGTH + 1, '.');
  const refused = await asker.insist(() => command(asker, 'create', { prompt, title }).reply(SLOWLY));
  expect(refused.text).toContain(`at most ${MAX_TITLE_LENGTH} characters`);
  return await asker.ask('create', async () => {
    const modal = await anna.press(refused, 'Edit').modal(SLOWLY);
    expect([modal.field('Prompt').value, modal.field('Title').value]).toEqual([prompt, title]);
    anna.submit(modal, { Title: prompt });
  });
}

/** A request of which the bot warns, sent nevertheless: the choice is made once, however often it is pressed. */
async function playSendAnyway(asker: Asker, mark: string): Promise<boolean> {
  const { anna } = asker.stage.world;
  const prompt = `${mark}, like Daft Punk`;
  const warned = await asker.insist(() => command(asker, 'create', { prompt }).reply(SLOWLY));
  const isComplete = await asker.ask('create', async () => anna.press(warned, 'Send anyway'));
  // The buttons go away after the task was recorded: a bot that died in between leaves them there.
  const again = await asker.insist(
    async () => warned.findButton('Send anyway') && (await anna.press(warned, 'Send anyway').reply(SLOWLY)),
  );
  if (again) expect(again.text).toContain('This was already asked for, so nothing more was spent');
  return isComplete;
}

/** MusicAPI takes the request, but makes nothing of it: what was reserved is given back. */
async function playFailure(asker: Asker, prompt: string): Promise<boolean> {
  const plan = asker.stage.world.musicApi.nextTask('fail');
  try {
    await asker.begin('create', async () => command(asker, 'create', { prompt }));
    return await asker.untilOver('failed');
  } finally {
    plan.cancel();
  }
}

function command({ stage, channel }: Asker, name: string, options: Parameters<Person['command']>[2]): Sent {
  return stage.world.anna.command(channel, name, options);
}

/** A clip that nobody has worked on yet; of one with such an id, files are there at the second try. */
function addClip({ stage }: Asker): string {
  const clipId = `${randomUUID().slice(0, -1)}1`;
  return stage.world.musicApi.addForeignClip({ clipId, lyrics: '[Verse]\nrain on the roof', durationS: 2 });
}
