import type { Channel } from '../../sandbox/discord/channel.ts';
import { ClientError } from '../../sandbox/discord/client-error.ts';
import type { Modal } from '../../sandbox/discord/client-modal.ts';
import type { Message } from '../../sandbox/discord/message-view.ts';
import type { Sent } from '../../sandbox/discord/sent.ts';
import { recordTune } from '../../sandbox/stories/tune.ts';
import type { Dice } from './dice.ts';
import { findAction, type Member, type Town } from './town.ts';

/** Somebody is about to do something. */
interface Scene {
  readonly town: Town;
  readonly member: Member;
  readonly place: Channel;
  readonly dice: Dice;
}

/** Something that members do. It ends with the bot's first answer; what Discord's client would refuse is thrown. */
export interface Doing {
  readonly name: string;
  /** How often, compared with the others. */
  readonly weight: number;
  readonly act: (scene: Scene) => Promise<unknown>;
}

type Options = Parameters<Member['person']['command']>[2];

const THEMES = [
  'rain on the roof',
  'the last ferry home',
  'a lighthouse that sleeps',
  'der Zug um Mitternacht',
  'two cats on a wall',
];
const TAGS = ['shanty, accordion', 'lo-fi, rainy', 'brass band', 'surf rock', 'string quartet'];
const LYRICS = '[Verse]\nLamps along the water\nSwing and never sleep\n\n[Chorus]\nHarbour lights';
const FORMATS = { wav: 'wav', mp3: 'mp3', m4a: 'm4a', midi: 'midi', lrc: 'timeline' } as const;
/** Longer than that, nobody waits for an answer before doing something else. */
const PATIENCE_MS = 8_000;

/** Everything that members do. */
export const DOINGS: readonly Doing[] = [
  { name: 'create', weight: 14, act: (scene) => use(scene, 'create', describeSong(scene)) },
  { name: 'compose', weight: 4, act: compose },
  {
    name: 'batch',
    weight: 2,
    act: (scene) => use(scene, 'batch', { prompt: sayNew(scene), count: scene.dice.chance(0.5) ? 2 : 3 }),
  },
  { name: 'extend', weight: 6, act: (scene) => fillForm(scene, 'extend') },
  { name: 'cover', weight: 5, act: cover },
  { name: 'stems', weight: 2, act: askForStems },
  { name: 'lyrics', weight: 3, act: (scene) => use(scene, 'lyrics', { about: sayNew(scene) }) },
  { name: 'tags', weight: 2, act: (scene) => use(scene, 'tags', { tags: sayNew(scene) }) },
  { name: 'export', weight: 5, act: exportFile },
  { name: 'inspect', weight: 2, act: inspect },
  { name: 'upload', weight: 3, act: upload },
  { name: 'library', weight: 5, act: browseLibrary },
  { name: 'clip show', weight: 2, act: (scene) => useOnClip(scene, 'clip show') },
  { name: 'clip tree', weight: 1, act: (scene) => useOnClip(scene, 'clip tree') },
  { name: 'heart', weight: 4, act: (scene) => press(scene, pickSong(scene), 'heart') },
  { name: 'more', weight: 3, act: (scene) => press(scene, pickSong(scene), 'more') },
  { name: 'cancel', weight: 4, act: (scene) => takeBack(scene, (by) => by === scene.member.person.user.id) },
  {
    name: "cancel somebody else's",
    weight: 3,
    act: (scene) => takeBack(scene, (by) => by !== scene.member.person.user.id),
  },
  { name: 'type', weight: 6, act: (scene) => listClips(scene, 'extend') },
  { name: 'settings me', weight: 2, act: (scene) => openSettings(scene, 'settings me') },
  { name: 'settings server', weight: 1, act: (scene) => openSettings(scene, 'settings server') },
  { name: 'tasks', weight: 2, act: (scene) => use(scene, 'tasks') },
  { name: 'credits', weight: 2, act: (scene) => use(scene, 'credits') },
  { name: 'help', weight: 1, act: (scene) => use(scene, 'help') },
  { name: 'privacy export', weight: 0.3, act: (scene) => use(scene, 'privacy export') },
  {
    name: 'refused words',
    weight: 2,
    act: (scene) => use(scene, 'create', { prompt: `badword ${sayNew(scene)}` }),
  },
  { name: 'song from a message', weight: 1, act: singMessage },
];

function sayNew({ town, dice }: Scene): string {
  return town.mark(dice.pick(THEMES) ?? '');
}

function describeSong(scene: Scene): Options {
  const { dice } = scene;
  const engine = dice.chance(0.1) ? 'producer' : undefined;
  return {
    prompt: sayNew(scene),
    tags: dice.chance(0.4) ? dice.pick(TAGS) : undefined,
    instrumental: !engine && dice.chance(0.1) ? true : undefined,
    engine,
  };
}

function use({ member, place }: Scene, path: string, options: Options = {}): Promise<unknown> {
  return member.person.command(place, path, options).response();
}

async function listClips({ member, place }: Scene, path: string, option = 'clip') {
  const offered = member.person.autocomplete(place, path, {}, option);
  // A bot that is dead suggests nothing. Whether it should have is found out from the interactions.
  return await offered.catch((cause: unknown) => {
    throw cause instanceof ClientError ? cause : new ClientError('Nothing is suggested');
  });
}

/** A song that the command offers for the first time. @throws ClientError when it offers none */
async function pickClip(scene: Scene, path: string, purposes: readonly string[] = []): Promise<string> {
  const offered = (await listClips(scene, path)).map(({ value }) => String(value));
  const clip = scene.dice.pick(offered.filter((one) => !one.startsWith('http')));
  if (clip === undefined) throw new ClientError('There are no songs yet');
  for (const purpose of purposes) {
    if (!scene.town.claim(`${purpose} of ${clip}`)) throw new ClientError('Somebody has done that already');
  }
  return clip;
}

async function useOnClip(scene: Scene, path: string): Promise<void> {
  await use(scene, path, { clip: await pickClip(scene, path) });
}

/** @throws ClientError when there is none, however old */
function pickSong({ town, member, dice }: Scene): Message {
  const song = dice.pick(town.songs(member));
  if (!song) throw new ClientError('There are no songs yet');
  return song;
}

async function press({ member }: Scene, message: Message, action: string): Promise<Sent> {
  const customId = findAction(message, action);
  if (customId === undefined) throw new ClientError(`Nobody can ${action} there`);
  const sent = member.person.press(message, { customId });
  await sent.response();
  return sent;
}

async function compose(scene: Scene): Promise<void> {
  const { person } = scene.member;
  const modal = await readForm(person.command(scene.place, 'compose', { tags: scene.dice.pick(TAGS) }));
  if (modal) await person.submit(modal, { title: sayNew(scene), lyrics: LYRICS }).response();
}

async function fillForm(scene: Scene, action: string): Promise<void> {
  const modal = await readForm(await press(scene, pickSong(scene), action));
  if (modal) await scene.member.person.submit(modal, newValueOf(modal, sayNew(scene))).response();
}

/** A form of another engine has no title. */
function newValueOf({ fields }: Modal, text: string): Readonly<Record<string, string>> {
  const field = fields.find(({ customId }) => customId === 'title' || customId === 'prompt');
  return field ? { [field.customId]: text } : {};
}

async function readForm(sent: Sent): Promise<Modal | undefined> {
  const response = await sent.response();
  return response.kind === 'modal' ? response.modal : undefined;
}

/** The message that somebody is shown in the end; undefined when there was none in time. */
async function readAnswer(sent: Sent): Promise<Message | undefined> {
  return await sent.reply({ timeoutMs: PATIENCE_MS }).catch(() => undefined);
}

async function cover(scene: Scene): Promise<void> {
  const clip = await pickClip(scene, 'cover');
  await use(scene, 'cover', { clip, tags: scene.dice.pick(TAGS), title: sayNew(scene) });
}

async function askForStems(scene: Scene): Promise<void> {
  const song = pickSong(scene);
  if (!scene.town.claim(`stems of ${findAction(song, 'stems')}`)) return;
  const question = await readAnswer(await press(scene, song, 'stems'));
  if (question) await press(scene, question, 'stems-basic');
}

async function exportFile(scene: Scene): Promise<void> {
  const format = scene.dice.pick(Object.keys(FORMATS) as (keyof typeof FORMATS)[]) ?? 'wav';
  const clip = await pickClip(scene, 'export', [FORMATS[format]]);
  await use(scene, 'export', { clip, format });
}

async function inspect(scene: Scene): Promise<void> {
  await use(scene, 'inspect', { clip: await pickClip(scene, 'inspect', ['bpm', 'vox', 'timeline']) });
}

function upload(scene: Scene): Promise<unknown> {
  const title = sayNew(scene);
  return use(scene, 'upload', { file: recordTune(title, scene.dice.between(2, 4)), title });
}

async function browseLibrary(scene: Scene): Promise<void> {
  const search = scene.dice.chance(0.5) ? 'number' : undefined;
  const list = await readAnswer(scene.member.person.command(scene.place, 'library', { search }));
  if (list && findAction(list, 'library-show')) await press(scene, list, 'library-show');
}

async function openSettings(scene: Scene, path: string): Promise<void> {
  if (path === 'settings server' && !scene.member.isManager) throw new ClientError('Not theirs to change');
  const panel = await readAnswer(scene.member.person.command(scene.place, path));
  const [menu] = panel?.selects ?? [];
  const section = scene.dice.pick(menu?.options ?? []);
  if (panel && menu && section) {
    await scene.member.person.select(panel, menu.customId, [section.value]).response();
  }
}

/** Presses **Cancel** or **Stop waiting** on the card of somebody. */
async function takeBack(scene: Scene, isWanted: (userId: string | undefined) => boolean): Promise<void> {
  const { dice, member, town } = scene;
  const askers = new Map(town.world.discord.interactions().map(({ id, user }) => [id, user.id]));
  const open = member.places
    .flatMap((place) => member.person.sees(place))
    .filter((message) => findAction(message, 'cancel') || findAction(message, 'stop'))
    .filter(({ interactionId = '' }) => isWanted(askers.get(interactionId)));
  const card = dice.pick(open);
  if (!card) throw new ClientError('Nothing of that kind is open');
  await press(scene, card, findAction(card, 'cancel') ? 'cancel' : 'stop');
}

async function singMessage(scene: Scene): Promise<void> {
  const { person } = scene.member;
  const written = person.say(scene.place, sayNew(scene));
  const draft = await readAnswer(person.messageCommand(written, nameOfSongFromThis(scene)));
  if (draft && findAction(draft, 'draft-send')) await press(scene, draft, 'draft-send');
}

function nameOfSongFromThis({ town }: Scene): string {
  return town.world.discord.commands().find(({ body }) => body.name === 'Song from this')?.body.name ?? '';
}
