/** What can be done with a clip, from the catalogue: the entries of its **More** menu. */
import { isStandIn } from '../../domain/clip.ts';
import type { ClipReference, DownloadFormat } from '../../domain/request.ts';
import type { Catalogue, Operation } from '../../musicapi/catalogue.ts';
import { operationWords } from '../../words/operation-words.ts';
import { words } from '../../words/words.ts';
import { explainLength } from '../drafts/attached-audio.ts';
import { type ClipFacts, explainClip } from './clip-eligibility.ts';
import type { MenuEntry, MissingEntry } from './menu-message.ts';

/** The files that each engine converts a song into. */
const FORMATS: Readonly<Record<ClipReference['engine'], readonly DownloadFormat[]>> = {
  sonic: ['mp3', 'm4a'],
  producer: ['mp3', 'wav'],
  nuro: [],
};

/** What is known of the audio of a clip at a moment. */
interface ClipAudio {
  /** There is an address from which MusicAPI can fetch it. */
  readonly hasAudio: boolean;
  readonly durationSeconds?: number | undefined;
  /** Epoch ms. */
  readonly now: number;
}

/** The entries of every operation on a clip, and those that this one does not allow. */
export function listClipEntries(
  catalogue: Catalogue,
  facts: ClipFacts,
  { hasAudio, durationSeconds, now }: ClipAudio,
): { readonly entries: readonly MenuEntry[]; readonly missing: readonly MissingEntry[] } {
  const { reference } = facts;
  const { menu, refused } = words().clips;
  const entries: MenuEntry[] = [];
  const missing: MissingEntry[] = [];
  const isNameless = isStandIn(reference.clipId);
  if (isNameless) missing.push({ label: menu.everythingElse, reason: refused.noId });
  for (const operation of isNameless ? [] : catalogue.list()) {
    if (operation.engine !== reference.engine || !operation.clip) continue;
    const reason = explainClip(operation, facts, now);
    const { label } = operationWords(operation);
    if (reason) missing.push({ label, reason: withoutLabel(reason, label) });
    else entries.push(...entriesOf(operation, reference));
  }
  const transfer = catalogue.find('producer', 'upload');
  if (transfer && reference.engine !== transfer.engine) {
    const reason = hasAudio
      ? transfer.file && explainLength(durationSeconds, transfer.file)
      : refused.noAudio;
    if (reason) missing.push({ label: operationWords(transfer).label, reason });
    else entries.push(...entriesOf(transfer, reference));
  }
  const elsewhere = isNameless ? [] : listElsewhere(catalogue, reference, entries);
  return { entries, missing: [...missing, ...elsewhere] };
}

/** A reason stands after the label already. */
function withoutLabel(reason: string, label: string): string {
  return reason.startsWith(`${label} `) ? reason.slice(label.length + 1) : reason;
}

/** What only other engines do with their songs, in one line for those of the same engines. */
function listElsewhere(
  catalogue: Catalogue,
  { engine }: ClipReference,
  entries: readonly MenuEntry[],
): readonly MissingEntry[] {
  const engines = new Map<string, string[]>();
  for (const operation of catalogue.list()) {
    const label = menuLabelOf(operation);
    const isHere = catalogue.find(engine, operation.id) ?? entries.find((entry) => entry.label === label);
    if (!operation.clip || operation.engine === engine || isHere) continue;
    const offering = engines.get(label) ?? [];
    if (!offering.includes(operation.engine)) engines.set(label, [...offering, operation.engine]);
  }
  const { menu } = words().clips;
  const reasons = Map.groupBy(engines.keys(), (label) =>
    menu.onlyElsewhere({ engines: engines.get(label) ?? [], engine }),
  );
  return [...reasons].map(([reason, labels]) => ({ label: menu.several({ labels }), reason }));
}

/** Which stems is asked for next. */
function menuLabelOf(operation: Operation): string {
  const { id } = operation;
  return id === 'stems-basic' || id === 'stems-full'
    ? words().clips.menu.stems.label
    : operationWords(operation).label;
}

function entriesOf(operation: Operation, clip: ClipReference): MenuEntry[] {
  const { id, price } = operation;
  const { label, does } = operationWords(operation);
  const { menu } = words().clips;
  switch (id) {
    case 'extend':
    case 'cover':
      return [{ label, does, price, id: { action: id, clip } }];
    case 'stems-basic':
      // Which kind is asked for next, with both prices.
      return [{ ...menu.stems, id: { action: 'stems', clip } }];
    case 'stems-full':
      return [];
    case 'download':
      return FORMATS[clip.engine].map((format) => ({
        label: format.toUpperCase(),
        does: menu.file({ format }),
        price,
        id: { action: 'do', operation: id, clip, format },
      }));
    default:
      return [{ label, does, price, id: { action: 'do', operation: id, clip } }];
  }
}
