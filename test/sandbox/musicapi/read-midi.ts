/** What a Standard MIDI File says, as far as tests want to know. */
export interface ReadMidi {
  readonly beatsPerMinute: number;
  readonly tracks: readonly MidiTrack[];
}

/** A track with tones. Times in seconds. */
interface MidiTrack {
  readonly name: string;
  readonly channel: number;
  readonly notes: readonly { pitch: number; start: number; end: number; velocity: number }[];
}

/** Reads a file of type 1 with one tempo in its first track and no running status. @throws Error when a byte is not where it belongs */
export function readMidi(file: Buffer): ReadMidi {
  if (file.toString('latin1', 0, 4) !== 'MThd' || file.readUInt32BE(4) !== 6) throw new Error('no header');
  const [type, count, ticksPerBeat] = [8, 10, 12].map((at) => file.readUInt16BE(at));
  if (type !== 1 || count === undefined || ticksPerBeat === undefined) throw new Error('not type 1');
  let at = 14;
  let microseconds = 500_000;
  const tracks: MidiTrack[] = [];
  for (let index = 0; index < count; index++) {
    if (file.toString('latin1', at, at + 4) !== 'MTrk') throw new Error('no track');
    const end = at + 8 + file.readUInt32BE(at + 4);
    const track = readTrack(file.subarray(at + 8, end));
    microseconds = track.microseconds ?? microseconds;
    const toSeconds = (tick: number) => (tick / ticksPerBeat) * (microseconds / 1_000_000);
    const notes = track.notes.map((note) => ({
      ...note,
      start: toSeconds(note.start),
      end: toSeconds(note.end),
    }));
    if (index > 0) tracks.push({ name: track.name, channel: track.channel, notes });
    at = end;
  }
  if (at !== file.length) throw new Error('bytes behind the last track');
  return { beatsPerMinute: 60_000_000 / microseconds, tracks };
}

function readTrack(bytes: Buffer) {
  const notes: { pitch: number; start: number; end: number; velocity: number }[] = [];
  const open = new Map<number, { start: number; velocity: number }[]>();
  let [at, tick, channel, name] = [0, 0, -1, ''];
  let microseconds: number | undefined;
  const readLength = () => {
    let value = 0;
    for (;;) {
      const byte = bytes.readUInt8(at++);
      value = value * 128 + (byte & 0x7f);
      if (byte < 0x80) return value;
    }
  };
  for (;;) {
    tick += readLength();
    const status = bytes.readUInt8(at++);
    if (status === 0xff) {
      const kind = bytes.readUInt8(at++);
      const length = readLength();
      if (kind === 0x51) microseconds = bytes.readUIntBE(at, 3);
      if (kind === 0x03) name = bytes.toString('latin1', at, at + length);
      at += length;
      if (kind !== 0x2f) continue;
      if (at !== bytes.length) throw new Error('events behind the end of the track');
      return { name, channel, notes, microseconds };
    }
    channel = status & 0x0f;
    const pitch = bytes.readUInt8(at++);
    if (status >> 4 === 0xc) continue;
    const velocity = bytes.readUInt8(at++);
    if (status >> 4 === 0x9) open.set(pitch, [...(open.get(pitch) ?? []), { start: tick, velocity }]);
    if (status >> 4 !== 0x8) continue;
    const begun = open.get(pitch)?.shift();
    if (begun === undefined) throw new Error('a tone ends that never began');
    notes.push({ pitch, start: begun.start, end: tick, velocity: begun.velocity });
  }
}
