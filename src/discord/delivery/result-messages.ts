import type { Clip } from '../../domain/clip.ts';
import type { Delivery } from '../../domain/delivery.ts';
import { parentOf } from '../../domain/request.ts';
import type { Task } from '../../domain/task.ts';
import type { Waveform } from '../../media/waveform.ts';
import type { Catalogue } from '../../musicapi/catalogue.ts';
import { listClipsOfTask } from '../../store/clips.ts';
import { listDeliveriesOfTask } from '../../store/deliveries.ts';
import { countHearts } from '../../store/hearts.ts';
import type { Store } from '../../store/open.ts';
import { operationWords } from '../../words/operation-words.ts';
import { languageForAll, languageForRequester } from '../../words/readers.ts';
import { speak, words } from '../../words/words.ts';
import type { MessageBody, OutgoingFile } from '../api/api.ts';
import { nameParent } from '../cards/asked.ts';
import { viewParent, viewParents } from '../cards/parent-view.ts';
import { buildClipCard } from '../clips/clip-card.ts';
import type { Reading } from '../library/card-links.ts';
import { viewChildren } from '../library/children.ts';
import { titleOf } from '../messages/clip-title.ts';
import type { CardMessage } from '../messages/message.ts';
import { fileName } from '../messages/text.ts';
import { buildWaveformFile, WAVEFORM_URL } from '../pictures/waveform-file.ts';
import { contentOf, type Freight, type LoadedClip } from './freight.ts';
import { explainFreight } from './freight-words.ts';
import { buildLinkMessage } from './link-message.ts';
import { buildStemsMessage } from './stems-message.ts';

/** A message of a delivery, ready to be sent. */
interface BuiltMessage {
  readonly body: MessageBody;
  readonly files: readonly OutgoingFile[];
}

/** A song that somebody wants to see again. */
interface ShownSong {
  readonly loaded: LoadedClip;
  /** What made it, where that is known. */
  readonly task?: Task | undefined;
  readonly reading: Reading;
  readonly waveform?: Waveform | undefined;
}

const SUPPRESS_NOTIFICATIONS = 1 << 12;

/** Builds the messages of deliveries from what is stored. */
export class ResultMessages {
  readonly #store: Store;
  readonly #catalogue: Catalogue;

  constructor(store: Store, catalogue: Catalogue) {
    this.#store = store;
    this.#catalogue = catalogue;
  }

  /**
   * The message with all files that are there, and words about those that are not, or not as they were made. In the
   * language of those who read it where the delivery's try leads to.
   *
   * @param waveform - the picture of a clip
   */
  async build(
    delivery: Delivery,
    task: Task,
    freight: Freight,
    part: number,
    waveform?: Waveform,
  ): Promise<BuiltMessage> {
    const isDirect = delivery.attempt?.route === 'direct-message';
    const language = isDirect ? languageForRequester(task.origin) : languageForAll(task.origin);
    return await speak(language, () => this.#build(delivery, task, freight, part, waveform));
  }

  async #build(
    delivery: Delivery,
    task: Task,
    freight: Freight,
    part: number,
    waveform: Waveform | undefined,
  ): Promise<BuiltMessage> {
    const mention = part === 0 && delivery.mention;
    const card =
      delivery.kind === 'stems'
        ? await this.#buildStems(delivery, task, freight, part, mention)
        : await this.#buildClip(delivery, task, freight, mention, waveform !== undefined);
    const explanation = explainFreight(freight);
    const body = explanation ? buildLinkMessage(card, explanation) : card;
    return {
      body: mention ? body : { ...body, flags: SUPPRESS_NOTIFICATIONS },
      files: [
        ...listOutgoing(delivery, freight, part),
        ...(waveform ? [buildWaveformFile(waveform, onlyClip(freight))] : []),
      ],
    };
  }

  /**
   * A card of a song that was made before, for the place of somebody who wants it shown. In the language that is spoken.
   */
  async buildShown({ loaded, task, reading, waveform }: ShownSong): Promise<BuiltMessage> {
    const { db } = this.#store;
    const { clip } = loaded;
    const siblings = task ? await listClipsOfTask(db, task.id) : [];
    const card = buildClipCard({
      clip,
      takes: siblings.filter(({ kind }) => kind === 'song').length,
      task: task && this.#describeTask(task),
      parent: task && (await viewParents(db, task.request, { ...reading, userId: task.origin.userId })),
      children: await viewChildren(db, clip, reading),
      imageUrl: clip.imageUrl,
      waveformUrl: waveform ? WAVEFORM_URL : undefined,
      hearts: await countHearts(db, clip.clipId),
      mention: false,
    });
    const explanation = explainFreight({ clips: [loaded] });
    return {
      body: explanation ? buildLinkMessage(card, explanation) : card,
      files: [
        ...listFilesOf(clip.kind === 'stem' ? 'stems' : 'clip', loaded),
        ...(waveform ? [buildWaveformFile(waveform, clip)] : []),
      ],
    };
  }

  async #buildClip(
    delivery: Delivery,
    task: Task,
    freight: Freight,
    mention: boolean,
    hasWaveform: boolean,
  ): Promise<CardMessage> {
    const clip = onlyClip(freight);
    const siblings = await listDeliveriesOfTask(this.#store.db, task.id);
    return buildClipCard({
      clip,
      takes: siblings.length,
      task: this.#describeTask(task),
      parent: await viewParents(this.#store.db, task.request, task.origin),
      imageUrl: clip.imageUrl,
      waveformUrl: hasWaveform ? WAVEFORM_URL : undefined,
      hearts: await countHearts(this.#store.db, clip.clipId),
      deliveryId: delivery.id,
      mention,
    });
  }

  async #buildStems(
    delivery: Delivery,
    task: Task,
    freight: Freight,
    part: number,
    mention: boolean,
  ): Promise<CardMessage> {
    const source = parentOf(task.request);
    if (!source) throw new Error(`task ${task.id} has stems of no clip`);
    const parent = await viewParent(this.#store.db, source, task.origin);
    return buildStemsMessage({
      sourceClip: { ...source, title: parent && nameParent(parent), link: parent?.link },
      titles: freight.clips.map(({ clip }) => titleOf(clip)),
      deliveryId: delivery.id,
      part,
      mention,
      requesterId: task.origin.userId,
      price: task.price,
    });
  }

  #describeTask(task: Task) {
    const { label } = operationWords(this.#catalogue.get(task.request.engine, task.request.operation));
    return { request: task.request, price: task.price, requesterId: task.origin.userId, label };
  }
}

function onlyClip({ clips }: Freight): Clip {
  const [loaded] = clips;
  if (!loaded) throw new Error('a delivery of a clip without its clip');
  return loaded.clip;
}

function listOutgoing(delivery: Delivery, { clips, archive }: Freight, part: number): OutgoingFile[] {
  if (!archive) return clips.flatMap((loaded) => listFilesOf(delivery.kind, loaded));
  const say = words().delivery.files;
  const name = fileName(say.stems, part === 0 ? undefined : say.part({ part: part + 1 }), archive.extension);
  return [{ name, bytes: [archive.bytes], contentType: archive.contentType }];
}

function listFilesOf(kind: Delivery['kind'], { clip, files }: LoadedClip): OutgoingFile[] {
  // A stem is named by its part alone.
  const take = kind === 'stems' ? undefined : clip.take;
  return files.map((file, index) => {
    const piece = { part: index + 1, parts: files.length };
    const say = words().delivery.files;
    const piecewise = take === undefined ? say.partOf(piece) : say.takePartOf({ take, ...piece });
    const label = files.length === 1 ? take : piecewise;
    const name = fileName(titleOf(clip), label, file.extension);
    return { name, bytes: contentOf(file), contentType: file.contentType };
  });
}
