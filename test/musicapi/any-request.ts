import fc from 'fast-check';
import type { Request } from '../../src/domain/request.ts';
import { createCatalogue } from '../../src/musicapi/catalogue.ts';
import { INPUT_NAMES, isNumber, isText } from '../../src/musicapi/inputs.ts';
import type { Operation } from '../../src/musicapi/operation.ts';
import { ANY_TEXT } from './any-text.ts';
import { clip, file, otherClip, persona, producerClip, upload } from './requests.ts';

type InputName = (typeof INPUT_NAMES)[number];

/** Lengths at which something begins or ends to be allowed. */
const LENGTHS = [1, 79, 80, 81, 199, 200, 299, 300, 400, 401, 1_000, 1_001, 2_000, 2_001, 5_000, 5_001];

const TEXT = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom('pop, Happy, warm', 'epic; drums', 'rain', '🎵 ünï', '[Verse]\nla'),
  },
  { weight: 2, arbitrary: fc.constantFrom(...LENGTHS).map((length) => 'x'.repeat(length)) },
  { weight: 1, arbitrary: fc.constantFrom(...LENGTHS).map((length) => '🎵'.repeat(length)) },
  { weight: 1, arbitrary: fc.constantFrom('', ' ', '\n\t') },
  { weight: 1, arbitrary: ANY_TEXT },
);

const NUMBER = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(0, 0.1, 0.3, 0.7, 1, 10, 12.5, 20, 30, 31, 45, 60, 120, 240, 360) },
  { weight: 1, arbitrary: fc.double() },
  { weight: 1, arbitrary: fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, -0, -1, 1.01, 361) },
);

function anyValueOf(name: InputName): fc.Arbitrary<unknown> {
  if (isText(name)) return TEXT;
  if (isNumber(name)) return NUMBER;
  switch (name) {
    case 'instrumental':
      return fc.boolean();
    case 'vocals':
      return fc.constantFrom('female', 'male');
    case 'variation':
      return fc.constantFrom('subtle', 'normal', 'high');
    case 'format':
      return fc.constantFrom('mp3', 'm4a', 'wav');
    default:
      return fc.constantFrom(
        'sonic-v6',
        'sonic-v6-mini',
        'Sonic-v4-5',
        'FUZZ-2.0',
        'nuro',
        'lyria-3-pro',
        'x',
      );
  }
}

/** Each input with a chance of one in so many, those that are required nearly always. */
function inputsOf(
  names: readonly InputName[],
  rarity: number,
  rules: Operation['inputs'] = {},
): fc.Arbitrary<Partial<Request>> {
  const values = names.map((name) => {
    const nothing = {
      weight: rules[name]?.required ? 1 : 10 * (rarity - 1),
      arbitrary: fc.constant(undefined),
    };
    return [name, fc.oneof(nothing, { weight: 10, arbitrary: anyValueOf(name) })] as const;
  });
  return fc.record(Object.fromEntries(values)) as fc.Arbitrary<Partial<Request>>; // each value is of its input's type
}

const OPERATIONS: readonly Operation[] = createCatalogue().list();

function requestFor({ engine, id, inputs }: Operation): fc.Arbitrary<Request> {
  const taken = INPUT_NAMES.filter((name) => inputs[name]);
  const others = INPUT_NAMES.filter((name) => !inputs[name]);
  const clips = engine === 'producer' ? [producerClip, producerClip, clip] : [clip, upload, producerClip];
  const references = fc.record({
    clip: fc.option(fc.constantFrom(...clips), { freq: 4, nil: undefined }),
    secondClip: fc.option(fc.constantFrom(otherClip, clip), { freq: 4, nil: undefined }),
    file: fc.option(fc.constant(file), { freq: 3, nil: undefined }),
    persona: fc.option(fc.constant(persona), { freq: 4, nil: undefined }),
  });
  // Most requests name nothing that their operation does not take, or hardly any would be accepted.
  const strays = fc.oneof({ weight: 6, arbitrary: fc.constant({}) }, inputsOf(others, 4));
  return fc
    .tuple(references, inputsOf(taken, 3, inputs), strays)
    .map(([named, typed, stray]) => ({ ...stray, ...typed, ...named, operation: id, engine }));
}

/** Requests of every operation of every engine, good and bad. */
export const ANY_REQUEST: fc.Arbitrary<Request> = fc.oneof(...OPERATIONS.map(requestFor));
