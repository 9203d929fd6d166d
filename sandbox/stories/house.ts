import type { Stage } from '../stage.ts';
import type { Tour } from './tour.ts';

/** The owner of a server sets its rules, a member theirs; both know what is stored of them. */
export async function playHouse(tour: Tour, { anna, ben }: Stage): Promise<void> {
  tour.chapter('Your house, your rules', 'What a server allows, what a member prefers, and what is stored.');
  const rules = await tour.answer(
    anna,
    { command: 'settings server' },
    { says: ['Settings of this server'], result: 'what holds, and a menu of what can be changed' },
  );
  const buttons = await tour.answer(
    anna,
    { menu: 'What do you want to change?', choice: 'Buttons', under: rules },
    { says: ['**Buttons**'], result: 'who may press, to choose from' },
  );
  await tour.answer(
    anna,
    { menu: 'Who may press', choice: 'only whoever asked may press', under: buttons },
    { says: ['Changed.'], result: 'the new rule, and the old one' },
  );
  await tour.answer(
    ben,
    { command: 'settings me' },
    { says: ['Your settings'], result: 'the same for one person, in every server' },
  );
  await tour.answer(ben, { command: 'privacy export' }, { files: 1 });
  const question = await tour.answer(
    ben,
    { command: 'privacy delete' },
    { says: ['Delete everything about you?'], result: 'a question' },
  );
  await tour.answer(
    ben,
    { buttons: ['Keep everything'], under: question },
    { says: ['Nothing was deleted.'], result: 'nothing is deleted' },
  );
}
