import type { FieldView, Named } from '../protocol.ts';
import { avatarUrl, botAvatarUrl } from './avatars.ts';
import type { MenuOption } from './menu-choice.ts';
import { openServer, type PageState } from './page-state.ts';

/** What menus for people, roles or channels offer in the open channel. */
export function listEntities(
  state: PageState,
  entity: NonNullable<FieldView['entity']>,
): readonly MenuOption[] {
  const server = openServer(state);
  const { world, person, places } = state;
  const members = server?.members ?? [person, world?.bot].filter((one) => one !== undefined);
  const people = () => members.map((one) => ({ ...toOption(one), picture: pictureOf(state, one) }));
  const roles = () => (server?.roles ?? []).map((one) => ({ ...toOption(one), label: `@${one.name}` }));
  switch (entity) {
    case 'user':
      return people();
    case 'role':
      return roles();
    case 'mentionable':
      return [...people(), ...roles()];
    case 'channel':
      return (server?.channels ?? (places ? [places.dm] : [])).map((one) => ({
        ...toOption(one),
        label: `#${one.name}`,
      }));
    default:
      return entity satisfies never;
  }
}

/** The picture of a person or of the bot. */
export function pictureOf({ world }: PageState, { id, name }: Named): string {
  return id === world?.bot.id ? botAvatarUrl() : avatarUrl(name);
}

function toOption({ id, name }: Named): MenuOption {
  return { value: id, label: name };
}
