import { randomUUID } from 'node:crypto';
import type { Message } from '../../sandbox/discord/message-view.ts';
import type { Asker } from './asker.ts';
import { playEdit, playSendAnyway } from './asking.ts';
import { type Chapter, command, SLOWLY } from './chapter.ts';
import { playAbandoned, playCancelled, playFailed } from './endings.ts';
import { playReported } from './reported.ts';
import { playTooLarge } from './too-large.ts';

/** The full story: a song and what is made of it, every other way to a result, and the ends without one. */
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
  { name: 'too-large', play: playTooLarge },
  { name: 'fail', play: playFailed },
  { name: 'cancel', play: playCancelled },
  { name: 'abandon', isSilent: true, play: (asker, prompt) => playAbandoned(asker, prompt, 'succeeded') },
  { name: 'abandon-failing', play: (asker, prompt) => playAbandoned(asker, prompt, 'failed') },
];

/** What is different where MusicAPI reports its tasks. */
export const REPORTED_CHAPTERS: readonly Chapter[] = [
  { name: 'webhook', play: (asker, prompt) => playReported(asker, prompt, 'none') },
  { name: 'webhook-first', play: (asker, prompt) => playReported(asker, prompt, 'keep-answer') },
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

/** A clip that nobody has worked on yet; of one with such an id, files are there at the second try. */
function addClip({ stage }: Asker): string {
  const clipId = `${randomUUID().slice(0, -1)}1`;
  return stage.world.musicApi.addForeignClip({ clipId, lyrics: '[Verse]\nrain on the roof', durationS: 2 });
}
