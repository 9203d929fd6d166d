import { createRandom, pick, type Random } from './synth/random.ts';
import { chooseStyle } from './synth/styles.ts';

/** What instrumentals have for lyrics: the provider answers a marker in brackets, not an empty text. */
export const INSTRUMENTAL_MARKER = '[Instrumental]';

const LINES: readonly [string, ...string[]] = [
  'Hold on to the {0} tonight',
  'Every {0} finds its way to {1}',
  'I hear the {0} calling from afar',
  'We were lost in {0}, now we see {1}',
  'Let the {0} carry us along',
  'There is {0} in the morning air',
  'Somewhere beyond the {0} we belong',
  'Oh, the {0} and the {1}, side by side',
];

const FILLERS: readonly [string, ...string[]] = [
  'light',
  'river',
  'summer',
  'city',
  'silence',
  'fire',
  'ocean',
  'road',
];

/** Words too plain to sing about. */
const PLAIN = new Set(
  'a about an and are at by for from i in into is it its me my of on or our over song that the their this to track us with write you'.split(
    ' ',
  ),
);

function listTopics(brief: string): string[] {
  const words = brief.toLowerCase().match(/\p{L}{3,}/gu) ?? [];
  return [...new Set(words)].filter((word) => !PLAIN.has(word));
}

function pickTopic(random: Random, topics: readonly string[]): string {
  return topics[Math.floor(random() * topics.length)] ?? pick(random, FILLERS);
}

function writeLines(random: Random, topics: readonly string[], count: number): string {
  const lines = Array.from({ length: count }, () =>
    pick(random, LINES).replace('{0}', pickTopic(random, topics)).replace('{1}', pick(random, FILLERS)),
  );
  return lines.join('\n');
}

/** Lyrics about the words of a brief. The same brief and seed give the same lyrics. */
export function writeLyrics(brief: string, seed: string): string {
  const random = createRandom(`${seed}:lyrics`);
  const topics = listTopics(brief);
  const chorus = writeLines(random, topics, 3);
  const verses = [writeLines(random, topics, 4), writeLines(random, topics, 4)];
  return verses.map((verse) => `[Verse]\n${verse}\n\n[Chorus]\n${chorus}`).join('\n\n');
}

/** A title out of the words of a brief, at most 80 characters. */
export function writeTitle(brief: string, seed: string): string {
  const random = createRandom(`${seed}:title`);
  const topic = pickTopic(random, listTopics(brief));
  const title = random() < 0.5 ? `${topic} ${pick(random, FILLERS)}` : `the ${topic}`;
  return title.replace(/(^|\s)\p{L}/gu, (letter) => letter.toUpperCase()).slice(0, 80);
}

/** Style tags for a brief that came without. */
export function writeTags(brief: string, styleName: string): string {
  return [styleName, ...listTopics(brief).slice(0, 3)].join(', ');
}

const MOODS: readonly [string, ...string[]] = ['warm', 'bright', 'driving', 'intimate', 'wide', 'restless'];
const PLACES: readonly [string, ...string[]] = [
  'made for a late drive home',
  'as if played in a small room',
  'building slowly towards its chorus',
  'with a chorus that opens up',
];
const MAX_TAGS = 1000;

/** A few style words become a sentence or two about the sound, which begin with them and fit into the field for tags. */
export function expandTags(tags: string, seed: string): string {
  const random = createRandom(`${seed}:expanded`);
  const style = chooseStyle(tags, seed);
  const { bass, keys, synth } = style.timbres;
  const [slow, fast] = style.tempo;
  const sound = `${pick(random, MOODS)} ${style.name} with ${bass} bass, ${keys} and ${synth}`;
  const text = `${tags.trim()}, ${sound}, around ${Math.round((slow + fast) / 2)} BPM, ${pick(random, PLACES)}`;
  return [...text].slice(0, MAX_TAGS).join('');
}
