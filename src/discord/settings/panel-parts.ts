/** The parts that both panels of settings are built from. */
import { ActionRowBuilder, EmbedBuilder, StringSelectMenuBuilder } from '@discordjs/builders';
import type { Engine } from '../../domain/request.ts';
import { ENGINES } from '../../domain/request.ts';
import { UserError } from '../../errors.ts';
import type { Catalogue } from '../../musicapi/catalogue.ts';
import { modelLabel } from '../../words/operation-words.ts';
import { LANGUAGES, words, wordsOf } from '../../words/words.ts';
import { type CustomId, encodeId } from '../messages/custom-ids.ts';
import { buildMessage, type CardMessage, COLOURS } from '../messages/message.ts';

/** A row of a message with one menu in it. */
export type SelectRow = ActionRowBuilder<StringSelectMenuBuilder>;
type Rows = NonNullable<Parameters<typeof buildMessage>[0]['rows']>;

/** One choice of a menu. */
interface MenuOption {
  readonly label: string;
  readonly value: string;
  readonly description?: string | undefined;
}

interface Menu {
  readonly id: CustomId;
  readonly placeholder: string;
  readonly options: readonly MenuOption[];
  /** What is chosen now. */
  readonly chosen: readonly string[];
  /** Whether any number may be chosen, none included. @defaultValue exactly one */
  readonly takesAny?: boolean;
}

/** Stands for "not set" among the values of a menu. */
export const NOT_SET = '-';

/** What a chosen value stands for. */
export function readChoice(value: string | undefined): string | undefined {
  return value === NOT_SET ? undefined : value;
}

/**
 * One of the values that we offer.
 *
 * @throws UserError when it is none of them: another version of this program has offered it
 */
export function pick<const Value extends string>(values: readonly Value[], value: string | undefined): Value {
  return values.find((one) => one === value) ?? refuseOld();
}

/** @throws UserError always: the control is of another version of this program. */
export function refuseOld(): never {
  throw new UserError(words().answers.otherVersion);
}

/** Builds a menu. */
export function buildMenu({ id, placeholder, options, chosen, takesAny = false }: Menu): SelectRow {
  const select = new StringSelectMenuBuilder()
    .setCustomId(encodeId(id))
    .setPlaceholder(placeholder)
    .setMinValues(takesAny ? 0 : 1)
    .setMaxValues(takesAny ? options.length : 1)
    .addOptions(
      options.map(({ label, value, description }) => ({
        label,
        value,
        default: chosen.includes(value),
        ...(description === undefined ? {} : { description }),
      })),
    );
  return new ActionRowBuilder<StringSelectMenuBuilder>().addComponents(select);
}

/** The menus of engine and model. */
export function buildEngineMenus(
  { engine, model }: { readonly engine?: Engine | undefined; readonly model?: string | undefined },
  catalogue: Catalogue,
  idOf: (part: string) => CustomId,
): readonly SelectRow[] {
  const { notSet, placeholders } = words().settingsPanel;
  const none = { label: notSet, value: NOT_SET };
  const engines = buildMenu({
    id: idOf('engine'),
    placeholder: placeholders.engine,
    options: [none, ...ENGINES.map((value) => ({ label: value, value }))],
    chosen: [engine ?? NOT_SET],
  });
  if (!engine) return [engines];
  const models = buildMenu({
    id: idOf('model'),
    placeholder: placeholders.model,
    options: [none, ...catalogue.models(engine).map((one) => ({ label: modelLabel(one), value: one.id }))],
    chosen: [model ?? NOT_SET],
  });
  return [engines, models];
}

/** The menu of languages, each by its own name. */
export function buildLanguageMenu(language: string | undefined, id: CustomId): SelectRow {
  const { placeholders, values } = words().settingsPanel;
  const options = LANGUAGES.map((value) => ({ label: wordsOf(value).settingsPanel.languageItself, value }));
  return buildMenu({
    id,
    placeholder: placeholders.language,
    options: [{ label: values.asDiscordSays, value: NOT_SET }, ...options],
    chosen: [language ?? NOT_SET],
  });
}

/** What a panel shows. */
interface Panel<Section extends string> {
  readonly title: string;
  /** Everything that is set, a line each. */
  readonly lines: readonly string[];
  /** The menu of what there is to change. */
  readonly menu: { readonly id: CustomId; readonly sections: readonly Section[] };
  readonly section?: Section | undefined;
  /** What was just done, and what there is to know of the section. */
  readonly texts: readonly (string | undefined)[];
  readonly rows: Rows;
}

/** Builds a panel: what was done, everything that is set, the menu, and the controls of the open section. */
export function buildPanel<Section extends keyof ReturnType<typeof words>['settingsPanel']['sections']>({
  title,
  lines,
  menu,
  section,
  texts,
  rows,
}: Panel<Section>): CardMessage {
  const { sections, choose } = words().settingsPanel;
  const hint = section && `**${sections[section].label}**\n${sections[section].hint}.`;
  const navigation = buildMenu({
    id: menu.id,
    placeholder: choose,
    options: menu.sections.map((value) => {
      const { label, hint: description } = sections[value];
      return { label, value, description };
    }),
    chosen: section ? [section] : [],
  });
  const embed = new EmbedBuilder().setColor(COLOURS.working).setTitle(title).setDescription(lines.join('\n'));
  const [done, ...others] = texts;
  return buildMessage({
    content: [done, hint, ...others].filter((text) => text !== undefined && text !== '').join('\n\n'),
    embed,
    rows: [navigation, ...rows],
  });
}

/** One line about one setting. */
export function formatLine(setting: string, value: string): string {
  return words().settingsPanel.set({ setting, value });
}
