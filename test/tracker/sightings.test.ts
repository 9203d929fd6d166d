import { expect, test } from 'vitest';
import { Sightings } from '../../src/tracker/sightings.ts';

test('the last sighting of a task is remembered until it is asked for', () => {
  const sightings = new Sightings();
  sightings.note('task-1', 1_000);
  sightings.note('task-1', 2_000);
  expect(sightings.take('task-1')).toBe(2_000);
  expect(sightings.take('task-1')).toBeUndefined();
});

test('the oldest sightings are forgotten first, so that they cannot become ever more', () => {
  const sightings = new Sightings();
  sightings.note('first', 0);
  sightings.note('second', 0);
  for (let count = 0; count < 19_998; count += 1) sightings.note(`task-${count}`, count);
  sightings.note('first', 1);
  sightings.note('one more', 2);
  expect(sightings.take('second')).toBeUndefined();
  expect(sightings.take('first')).toBe(1);
});
