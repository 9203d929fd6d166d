import type { Media } from '../../media/download.ts';
import type { Store } from '../../store/open.ts';
import { DATA_PARTS, type DataPart, listKeptSongs, readPersonPart } from '../../store/person-data.ts';
import { words } from '../../words/words.ts';
import { titleOf } from '../messages/clip-title.ts';
import { fileName } from '../messages/text.ts';
import type { ZipEntry } from './zip-packer.ts';

/** Gives the sound of a song that is kept. */
export interface SongFiles {
  find(
    key: { readonly accountId: string; readonly clipId: string },
    maxBytes: number,
  ): Promise<Media | 'too-large' | undefined>;
}

/** Texts of this size, at most a little more, make one file. */
const CHUNK_CHARS = 1_000_000;

/** Everything that is stored about a person, file by file: first what to read it with, last the songs that are kept. */
export async function* listExportEntries(
  { db }: Pick<Store, 'db'>,
  userId: string,
  songs: SongFiles,
): AsyncGenerator<ZipEntry> {
  const { readMe, readMeName } = words().privacy.export;
  yield { name: readMeName, bytes: Buffer.from(`${readMe}\n`) };
  for (const part of DATA_PARTS) {
    for await (const { text, number } of chunk(readPersonPart(db, userId, part)))
      yield { name: dataName(part, number), bytes: Buffer.from(text) };
  }
  const kept = await listKeptSongs(db, userId);
  for (const [index, song] of kept.entries()) {
    const name = fileName(`${index + 1} ${titleOf(song)}`, undefined, song.extension);
    yield { name: `audio/${name}`, size: song.bytes, read: (most) => readSong(songs, song, most) };
  }
}

async function readSong(
  songs: SongFiles,
  song: { readonly accountId: string; readonly clipId: string },
  most: number,
) {
  const found = await songs.find(song, most);
  return typeof found === 'object' ? found.bytes : undefined;
}

function dataName(part: DataPart, number: number): string {
  return number === 1 ? `${part}.json` : `${part}-${number}.json`;
}

/** Lists as JSON texts of a size that can be sent; a list without entries is one too. */
async function* chunk(entries: AsyncIterable<unknown>) {
  let number = 1;
  let lines: string[] = [];
  let length = 0;
  for await (const entry of entries) {
    const line = JSON.stringify(entry, undefined, 2);
    if (lines.length > 0 && length + line.length > CHUNK_CHARS) {
      yield { text: `[\n${lines.join(',\n')}\n]\n`, number };
      number += 1;
      lines = [];
      length = 0;
    }
    lines.push(line);
    length += line.length;
  }
  yield { text: `[\n${lines.join(',\n')}\n]\n`, number };
}
