import { ComponentType } from 'discord-api-types/v10';
import { z } from 'zod';
import { integer, lengthOf, list, type Reporter, report, text, url } from './form.ts';
import {
  type ButtonComponent,
  button,
  componentId,
  entitySelect,
  type SelectComponent,
  stringSelect,
} from './validate-controls.ts';

const MAX_V2_COMPONENTS = 40;
const MAX_V2_TEXT = 4000;

const actionRow = z.object({
  type: z.literal(ComponentType.ActionRow),
  id: componentId,
  components: list(z.discriminatedUnion('type', [button, stringSelect, entitySelect]), {
    min: 1,
    max: 5,
  }).superRefine((children, ctx) => {
    if (children.length > 1 && children.some((child) => child.type !== ComponentType.Button)) {
      const message = 'The specified component exceeds the maximum width';
      report(ctx, [1], 'COMPONENT_LAYOUT_WIDTH_EXCEEDED', message);
    }
  }),
});

const mediaUrl = z.object({ url: url(['http', 'https', 'attachment']) });
const spoiler = z.boolean().nullish();
const description = text({ min: 1, max: 1024 }).nullish();

/** Markdown text on its own, in messages with components only and in modals. */
export const textDisplay = z.object({
  type: z.literal(ComponentType.TextDisplay),
  id: componentId,
  content: text({ min: 1, max: MAX_V2_TEXT }),
});
const thumbnail = z.object({
  type: z.literal(ComponentType.Thumbnail),
  id: componentId,
  media: mediaUrl,
  description,
  spoiler,
});
const section = z.object({
  type: z.literal(ComponentType.Section),
  id: componentId,
  components: list(textDisplay, { min: 1, max: 3 }),
  accessory: z.discriminatedUnion('type', [button, thumbnail]),
});
const mediaGallery = z.object({
  type: z.literal(ComponentType.MediaGallery),
  id: componentId,
  items: list(z.object({ media: mediaUrl, description, spoiler }), { min: 1, max: 10 }),
});
const file = z.object({
  type: z.literal(ComponentType.File),
  id: componentId,
  file: z.object({ url: url(['attachment']) }),
  spoiler,
});
const separator = z.object({
  type: z.literal(ComponentType.Separator),
  id: componentId,
  divider: z.boolean().nullish(),
  spacing: integer(1, 2).nullish(),
});
const container = z.object({
  type: z.literal(ComponentType.Container),
  id: componentId,
  accent_color: integer(0, 0xffffff).nullish(),
  spoiler,
  components: list(
    z.discriminatedUnion('type', [actionRow, textDisplay, section, mediaGallery, file, separator]),
    { min: 1, max: MAX_V2_COMPONENTS },
  ),
});

/** Rows of buttons and selects under a classic message. */
export const classicComponents = list(z.discriminatedUnion('type', [actionRow]), { max: 5 }).superRefine(
  checkIds,
);

/** What a message with IS_COMPONENTS_V2 consists of. @see https://discord.com/developers/docs/components/reference */
export const v2Components = list(
  z.discriminatedUnion('type', [actionRow, textDisplay, section, mediaGallery, file, separator, container]),
  { max: MAX_V2_COMPONENTS },
).superRefine((all, ctx) => {
  checkIds(all, ctx);
  const parts = [...walkComponents(all)].map(({ component }) => component);
  if (parts.length > MAX_V2_COMPONENTS) {
    report(
      ctx,
      [],
      'COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED',
      `Total number of components must be ${MAX_V2_COMPONENTS} or fewer`,
    );
  }
  const characters = parts.reduce((sum, part) => sum + ('content' in part ? lengthOf(part.content) : 0), 0);
  if (characters > MAX_V2_TEXT) {
    report(
      ctx,
      [],
      'COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED',
      `Total displayable text must be ${MAX_V2_TEXT} or fewer in length`,
    );
  }
});

/** A component at the top level of a message. */
export type TopComponent = z.output<typeof v2Components>[number];
/** Any component of a message. */
export type Component = TopComponent | ButtonComponent | SelectComponent | z.output<typeof thumbnail>;

/** Goes through components depth first, each with its path. */
export function* walkComponents(
  components: readonly Component[],
  base: readonly (string | number)[] = [],
): Generator<{ component: Component; path: (string | number)[] }> {
  for (const [index, component] of components.entries()) {
    const path = [...base, index];
    yield { component, path };
    if ('components' in component) yield* walkComponents(component.components, [...path, 'components']);
    if ('accessory' in component) yield { component: component.accessory, path: [...path, 'accessory'] };
  }
}

function checkIds(components: readonly Component[], ctx: Reporter): void {
  const customIds = new Set<string>();
  const ids = new Set<number>();
  for (const { component, path } of walkComponents(components)) {
    if ('custom_id' in component && component.custom_id) {
      if (customIds.has(component.custom_id)) {
        const message = 'Component custom id cannot be duplicated';
        report(ctx, [...path, 'custom_id'], 'COMPONENT_CUSTOM_ID_DUPLICATED', message);
      }
      customIds.add(component.custom_id);
    }
    if (component.id) {
      if (ids.has(component.id))
        report(ctx, [...path, 'id'], 'COMPONENT_ID_DUPLICATED', 'Component id cannot be duplicated');
      ids.add(component.id);
    }
  }
}

/** Every address in the components that may name an uploaded file, with its path. */
export function listComponentMedia(
  components: readonly Component[],
): { path: (string | number)[]; url: string }[] {
  const found: { path: (string | number)[]; url: string }[] = [];
  for (const { component, path } of walkComponents(components)) {
    if ('media' in component) found.push({ path: [...path, 'media', 'url'], url: component.media.url });
    if ('file' in component) found.push({ path: [...path, 'file', 'url'], url: component.file.url });
    if ('items' in component) {
      for (const [index, item] of component.items.entries()) {
        found.push({ path: [...path, 'items', index, 'media', 'url'], url: item.media.url });
      }
    }
  }
  return found;
}
