import { between, createRandom } from '../synth/random.ts';
import { encodePng } from './png.ts';

const SIZE = 256;

type Colour = readonly [number, number, number];

/** Red, green and blue (0 to 255) of a hue in turns. */
function getColour(hue: number, lightness: number): Colour {
  const channel = (shift: number) =>
    255 * Math.min(1, Math.max(0, lightness + 0.35 * Math.cos(2 * Math.PI * (hue + shift))));
  return [channel(0), channel(1 / 3), channel(2 / 3)];
}

/** A square cover picture as PNG: two colours and a few discs that follow from the seed. */
export function drawCoverPicture(seed: string): Buffer {
  const random = createRandom(`${seed}:cover`);
  const hue = random();
  const top = getColour(hue, 0.3);
  const bottom = getColour(hue + between(random, 0.15, 0.4), 0.55);
  const discs = Array.from({ length: 5 }, () => ({
    x: random() * SIZE,
    y: random() * SIZE,
    radius: between(random, 18, 90),
    colour: getColour(hue + random() * 0.5, between(random, 0.4, 0.8)),
  }));
  const rgb = new Uint8Array(SIZE * SIZE * 3);
  for (let y = 0; y < SIZE; y++) {
    for (let x = 0; x < SIZE; x++) {
      const share = y / SIZE;
      const mixed = top.map((value, i) => value + ((bottom[i] ?? 0) - value) * share);
      for (const disc of discs) {
        const edge = disc.radius - Math.hypot(x - disc.x, y - disc.y);
        const cover = Math.min(1, Math.max(0, edge)) * 0.55;
        disc.colour.forEach((value, i) => {
          mixed[i] = (mixed[i] ?? 0) * (1 - cover) + value * cover;
        });
      }
      rgb.set(mixed, (y * SIZE + x) * 3);
    }
  }
  return encodePng(SIZE, SIZE, rgb);
}
