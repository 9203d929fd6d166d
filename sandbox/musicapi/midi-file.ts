import type { MidiInstrument } from './midi-score.ts';

const TICKS_PER_BEAT = 480;
/** Where General MIDI plays its drums, counted from 0. */
const DRUM_CHANNEL = 9;
const CHANNELS = 16;

interface Event {
  readonly tick: number;
  /** Events of one tick come in this order: a tone ends before the next of the same pitch begins. */
  readonly order: number;
  readonly bytes: readonly number[];
}

/** Writes a Standard MIDI File of type 1: a track with the tempo, then a track for each instrument. */
export function encodeMidi(instruments: readonly MidiInstrument[], beatsPerMinute: number): Buffer {
  const microseconds = Math.round(60_000_000 / beatsPerMinute);
  const tempo = [0xff, 0x51, 3, (microseconds >> 16) & 0xff, (microseconds >> 8) & 0xff, microseconds & 0xff];
  const channels = Array.from({ length: CHANNELS }, (_, i) => i).filter((i) => i !== DRUM_CHANNEL);
  const ticksPerSecond = (TICKS_PER_BEAT * 1_000_000) / microseconds;
  let melodic = 0;
  const tracks = instruments.map((instrument) => {
    const channel =
      instrument.program === 'drums' ? DRUM_CHANNEL : (channels[melodic++ % channels.length] ?? 0);
    return encodeTrack(listEvents(instrument, channel, ticksPerSecond));
  });
  const header = Buffer.alloc(6);
  header.writeUInt16BE(1, 0);
  header.writeUInt16BE(tracks.length + 1, 2);
  header.writeUInt16BE(TICKS_PER_BEAT, 4);
  return Buffer.concat([
    chunk('MThd', header),
    encodeTrack([{ tick: 0, order: 0, bytes: tempo }]),
    ...tracks,
  ]);
}

function listEvents(instrument: MidiInstrument, channel: number, ticksPerSecond: number): Event[] {
  const name = [...Buffer.from(instrument.name, 'latin1')];
  const events: Event[] = [{ tick: 0, order: 0, bytes: [0xff, 0x03, name.length, ...name] }];
  if (instrument.program !== 'drums')
    events.push({ tick: 0, order: 0, bytes: [0xc0 | channel, instrument.program] });
  for (const { pitch, start, end, velocity } of instrument.notes) {
    const first = Math.round(start * ticksPerSecond);
    const last = Math.max(first + 1, Math.round(end * ticksPerSecond));
    events.push({ tick: first, order: 2, bytes: [0x90 | channel, pitch, Math.round(velocity * 127)] });
    events.push({ tick: last, order: 1, bytes: [0x80 | channel, pitch, 0] });
  }
  return events;
}

function encodeTrack(events: readonly Event[]): Buffer {
  const sorted = events.toSorted((a, b) => a.tick - b.tick || a.order - b.order);
  const bytes: number[] = [];
  let tick = 0;
  for (const event of sorted) {
    bytes.push(...encodeLength(event.tick - tick), ...event.bytes);
    tick = event.tick;
  }
  bytes.push(0, 0xff, 0x2f, 0);
  return chunk('MTrk', Buffer.from(bytes));
}

/** A number in groups of seven bits, the highest first; all but the last are marked. */
function encodeLength(value: number): number[] {
  const groups = [value & 0x7f];
  for (let rest = value >> 7; rest > 0; rest >>= 7) groups.unshift((rest & 0x7f) | 0x80);
  return groups;
}

function chunk(name: string, body: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.write(name, 'latin1');
  head.writeUInt32BE(body.length, 4);
  return Buffer.concat([head, body]);
}
