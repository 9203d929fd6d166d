import type { Place } from './client-command.ts';
import { ClientError } from './client-error.ts';
import { isOffered } from './entities.ts';
import type { Select } from './message-view.ts';

/**
 * What somebody chooses in a menu, as it is sent; options by value or label, people and the like by id.
 *
 * @throws ClientError for what the menu would not let them choose
 */
export function pickValues(place: Place, select: Select, values: readonly string[]): readonly string[] {
  const { disabled, min, max } = select;
  const name = select.placeholder ?? select.customId;
  if (disabled) throw new ClientError(`The menu "${name}" is disabled`);
  if (values.length < min || values.length > max) {
    throw new ClientError(`The menu "${name}" takes ${min} to ${max} values, not ${values.length}`);
  }
  const picked = values.map((value) => pickValue(place, select, value));
  if (new Set(picked).size < picked.length) throw new ClientError(`The menu "${name}" takes each once`);
  return picked;
}

/** One value, as far as the menu offers it. */
function pickValue({ world, channel }: Place, select: Select, value: string): string {
  const { entity, options, placeholder, customId } = select;
  if (entity === undefined) {
    const option = options.find((one) => one.value === value || one.label === value);
    if (option) return option.value;
    throw new ClientError(
      `"${value}" is not an option; options: ${options.map((one) => one.label).join(', ')}`,
    );
  }
  if (isOffered(world, channel, entity, value)) return value;
  throw new ClientError(`The menu "${placeholder ?? customId}" offers no ${entity} ${value}`);
}
