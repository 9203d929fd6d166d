import { expect } from 'vitest';
import type { Asker } from './asker.ts';
import { command, SLOWLY } from './chapter.ts';

/** Longest title that MusicAPI takes. */
const MAX_TITLE_LENGTH = 80;

/** A request that is refused, and mended by **Edit**: what was typed is there whenever the form is opened. */
export async function playEdit(asker: Asker, prompt: string): Promise<boolean> {
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
export async function playSendAnyway(asker: Asker, mark: string): Promise<boolean> {
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
