import type { ChoiceView, FieldView, OptionView } from '../protocol.ts';
import type { Field, Offer } from './option-field.ts';

/** Lists whom or what an option can name where one is. */
export type ListEntities = (entity: NonNullable<FieldView['entity']>) => readonly Offer[];

/** As many as Discord's client lists at once. */
const MAX_OFFERS = 25;

const TRUTHS: readonly Offer[] = [
  { name: 'True', value: true },
  { name: 'False', value: false },
];

/** Whether anything is offered for it, so that its field has a list. */
export function hasOffers({ kind, choices, autocomplete }: OptionView): boolean {
  if (choices.length > 0 || autocomplete) return true;
  return kind !== 'string' && kind !== 'integer' && kind !== 'number' && kind !== 'file';
}

/** What is offered for a field as it stands. @param answered - what the bot offered last, for options with autocomplete */
export function listOffers(
  { option, text, picked }: Field,
  listEntities: ListEntities,
  answered: readonly ChoiceView[],
): readonly Offer[] {
  // The bot has filtered what it offers, by rules of its own.
  if (option.autocomplete) return answered.slice(0, MAX_OFFERS);
  const wanted = picked ? '' : text.trim().replace(/^[@#]/, '').toLowerCase();
  return listAll(option, listEntities)
    .filter(({ name }) => name.toLowerCase().includes(wanted))
    .slice(0, MAX_OFFERS);
}

function listAll({ kind, choices }: OptionView, listEntities: ListEntities): readonly Offer[] {
  switch (kind) {
    case 'boolean':
      return TRUTHS;
    case 'user':
    case 'role':
    case 'mentionable':
    case 'channel':
      return listEntities(kind);
    default:
      return choices;
  }
}
