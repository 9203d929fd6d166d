import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { contentOf, type Freight } from '../../../src/discord/delivery/freight.ts';
import { CoverPictures } from '../../../src/discord/recipe/cover-pictures.ts';
import { SongTagger } from '../../../src/discord/recipe/song-tagger.ts';
import type { Clip } from '../../../src/domain/clip.ts';
import { createLogger } from '../../../src/log.ts';
import { createDownloader, type Media } from '../../../src/media/download.ts';
import { withoutId3 } from '../../../src/media/id3.ts';
import { NO_AUDIO } from '../../media/made-files.ts';
import { startOtherHost } from '../../support/elsewhere.ts';
import { makeMp3 } from '../../support/real-audio.ts';
import { openTestStore, type TestStore } from '../../support/store.ts';
import { CREATE, T0 } from '../../support/tasks.ts';

const log = createLogger({ level: 'silent', secrets: [] });
const MIB = 1024 * 1024;
const CLIP: Clip = {
  clipId: 'clip-1',
  accountId: 'operator',
  engine: 'sonic',
  source: 'generated',
  kind: 'song',
  taskId: 'task-1',
  take: 1,
  title: 'Rain',
  ownerId: '500',
  createdAt: T0,
};
/** A picture of some size. */
const PICTURE = Buffer.concat([NO_AUDIO.png, Buffer.alloc(50_000)]);

let opened: TestStore;
let tagger: SongTagger;
let sound: Buffer;
beforeEach(async () => {
  opened = await openTestStore();
  tagger = new SongTagger({ store: opened.store, log });
  sound = await makeMp3(1, 64);
});
afterEach(() => opened.cleanup());

function mediaOf(bytes: Buffer, extension = 'mp3'): Media {
  return { bytes, extension, mime: 'audio/mpeg', contentType: 'audio/mpeg' };
}
function freightOf(...files: readonly Media[]): Freight {
  return { clips: [{ clip: CLIP, files, picture: PICTURE }] };
}
const filesOf = ({ clips }: Freight) =>
  clips.flatMap(({ files }) => files.map((file) => Buffer.concat(contentOf(file))));

describe('SongTagger', () => {
  it('tags every piece of a song with all that there is room for', async () => {
    const pieces = filesOf(await tagger.tag(freightOf(mediaOf(sound), mediaOf(sound)), CREATE, MIB));
    expect(pieces).toHaveLength(2);
    for (const piece of pieces) {
      expect(withoutId3(piece)).toEqual(sound);
      expect(piece.includes(PICTURE)).toBe(true);
    }
  });

  it('leaves out the picture, and then the whole tag, rather than be too large', async () => {
    const [full = sound] = filesOf(await tagger.tag(freightOf(mediaOf(sound)), CREATE, MIB));
    const limits = [full.length, full.length - 1, sound.length + 100, sound.length, 0];
    const sizes: number[] = [];
    for (const limit of limits) {
      const [file = sound] = filesOf(await tagger.tag(freightOf(mediaOf(sound)), CREATE, limit));
      expect(withoutId3(file)).toEqual(sound);
      sizes.push(file.length);
    }
    const [whole, bare = 0, ...others] = sizes;
    expect(whole).toBe(full.length);
    expect(bare).toBeGreaterThan(sound.length);
    expect(bare).toBeLessThan(full.length - PICTURE.length);
    expect(others).toEqual([sound.length, sound.length, sound.length]);
  });

  it('keeps to what a message takes in all', async () => {
    const large = mediaOf(Buffer.concat([sound, Buffer.alloc(25 * MIB - 64 * 1024 - sound.length)]));
    const [file] = filesOf(await tagger.tag(freightOf(large), CREATE, 100 * MIB));
    expect(file?.equals(large.bytes)).toBe(true);
  });

  it('leaves files of other kinds, archives and uploads as they are', async () => {
    const others = freightOf(mediaOf(sound, 'ogg'), mediaOf(sound, 'flac'));
    expect(await tagger.tag(others, CREATE, MIB)).toEqual(others);
    const archive = { ...freightOf(mediaOf(sound)), archive: mediaOf(sound, 'zip') };
    expect(await tagger.tag(archive, CREATE, MIB)).toBe(archive);
    const upload = { operation: 'upload', engine: 'sonic' } as const;
    expect(await tagger.tag(freightOf(mediaOf(sound)), upload, MIB)).toEqual(freightOf(mediaOf(sound)));
  });

  it('gives back what it was given where the database cannot be asked', async () => {
    await opened.store.close();
    const freight = freightOf(mediaOf(sound));
    expect(await tagger.tag(freight, CREATE, MIB)).toBe(freight);
  });
});

describe('CoverPictures', () => {
  it.each([
    { what: 'a picture', bytes: NO_AUDIO.png, status: 200, found: true },
    { what: 'a file of another kind', bytes: NO_AUDIO.pdf, status: 200, found: false },
    { what: 'a picture that is gone', bytes: NO_AUDIO.png, status: 404, found: false },
    {
      what: 'a huge picture',
      bytes: Buffer.concat([NO_AUDIO.png, Buffer.alloc(MIB)]),
      status: 200,
      found: false,
    },
    { what: 'one that does not come', bytes: undefined, status: 200, found: false },
  ])('$what: $found', async ({ bytes, status, found }) => {
    const host = await startOtherHost((response) => {
      if (bytes) response.writeHead(status).end(bytes);
    });
    const downloader = createDownloader({ allowedHosts: [host.host], maxBytes: MIB, timeoutMs: 30_000 });
    const pictures = new CoverPictures({ downloader, log, ...(bytes ? {} : { timeoutMs: 50 }) });
    const clip = { ...CLIP, imageUrl: `http://${host.host}/cover.png` };
    const { signal } = new AbortController();
    expect(await pictures.fetch(clip, signal)).toEqual(found ? bytes : undefined);
    expect(await pictures.fetch({ ...clip, kind: 'stem' }, signal)).toBeUndefined();
    await host.close();
    await downloader.close();
  });
});
