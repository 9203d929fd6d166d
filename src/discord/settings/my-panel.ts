import { VOCALS } from '../../domain/request.ts';
import { MEMBER_DELIVERIES, type MemberSettings } from '../../domain/settings.ts';
import type { Catalogue } from '../../musicapi/catalogue.ts';
import { words } from '../../words/words.ts';
import type { CustomId } from '../messages/custom-ids.ts';
import type { CardMessage } from '../messages/message.ts';
import { MY_SECTIONS, type MySection, markSeen } from '../messages/settings-ids.ts';
import { buildKeyButtons, explainKey, formatKey, type KeyState } from './key-parts.ts';
import {
  buildEngineMenus,
  buildLanguageMenu,
  buildMenu,
  buildPanel,
  formatLine,
  NOT_SET,
} from './panel-parts.ts';
import type { Controls } from './role-controls.ts';
import { MEMBER_VALUES } from './value-words.ts';

/** All that a member's own panel shows. */
export interface MyView {
  readonly settings: MemberSettings;
  readonly key: KeyState;
  readonly catalogue: Catalogue;
}

/** What of a member's settings a section is about: whoever changes it was shown exactly this. */
export function shownOfMine(section: MySection, settings: MemberSettings): unknown {
  switch (section) {
    case 'engine':
      return [settings.engine, settings.model];
    case 'voice':
      return [settings.vocals, settings.instrumental];
    case 'delivery':
      return settings.delivery;
    case 'mention':
      return settings.isMentioned;
    case 'language':
      return settings.language;
    case 'key':
      // It is no setting of this kind.
      return undefined;
    default:
      return section satisfies never;
  }
}

/**
 * Builds the panel of a member's own settings.
 *
 * @param section - which is open; none: what there is
 * @param done - what was just done
 */
export function buildMyPanel(view: MyView, section?: MySection, done?: string): CardMessage {
  const { texts = [], rows } = section ? buildMyControls(section, view) : { rows: [] };
  const { me } = words().settingsPanel;
  return buildPanel({
    title: me.title,
    lines: listLines(view),
    menu: { id: { action: 'my-show' }, sections: MY_SECTIONS },
    section,
    texts: [done, ...(section ? [] : [me.hint]), ...texts],
    rows,
  });
}

function listLines({ settings, key }: MyView): readonly string[] {
  const { names } = words().settingsPanel;
  const naming = { facts: {}, most: 0 };
  return [
    formatLine(names.engine, MEMBER_VALUES.engine(settings.engine, naming)),
    formatLine(names.model, MEMBER_VALUES.model(settings.model, naming)),
    formatLine(names.vocals, MEMBER_VALUES.vocals(settings.vocals, naming)),
    formatLine(names.instrumental, MEMBER_VALUES.instrumental(settings.instrumental, naming)),
    formatLine(names.delivery, MEMBER_VALUES.delivery(settings.delivery, naming)),
    formatLine(names.isMentioned, MEMBER_VALUES.isMentioned(settings.isMentioned, naming)),
    formatLine(names.language, MEMBER_VALUES.language(settings.language, naming)),
    formatLine(names.key, formatKey(key)),
  ];
}

function buildMyControls(section: MySection, { settings, key, catalogue }: MyView): Controls {
  const { placeholders, values, notSet } = words().settingsPanel;
  const seen = markSeen(shownOfMine(section, settings));
  const set = (part?: string): CustomId => ({ action: 'my-set', control: { section, seen, part } });
  const none = { label: notSet, value: NOT_SET };
  switch (section) {
    case 'engine':
      return { rows: buildEngineMenus(settings, catalogue, set) };
    case 'voice': {
      const { vocals } = words().options.choices;
      const { instrumental } = values;
      return {
        rows: [
          buildMenu({
            id: set('vocals'),
            placeholder: placeholders.vocals,
            options: [none, ...VOCALS.map((value) => ({ label: vocals[value], value }))],
            chosen: [settings.vocals ?? NOT_SET],
          }),
          buildMenu({
            id: set('instrumental'),
            placeholder: placeholders.instrumental,
            options: [
              { label: instrumental.no, value: NOT_SET },
              { label: instrumental.yes, value: 'yes' },
            ],
            chosen: [settings.instrumental ? 'yes' : NOT_SET],
          }),
        ],
      };
    }
    case 'delivery':
      return {
        rows: [
          buildMenu({
            id: set(),
            placeholder: placeholders.delivery,
            options: MEMBER_DELIVERIES.map((value) => ({ label: values.delivery[value], value })),
            chosen: [settings.delivery],
          }),
        ],
      };
    case 'mention':
      return {
        rows: [
          buildMenu({
            id: set(),
            placeholder: placeholders.mention,
            options: [
              { label: values.mentioned, value: 'yes' },
              { label: values.silent, value: 'no' },
            ],
            chosen: [settings.isMentioned ? 'yes' : 'no'],
          }),
        ],
      };
    case 'language':
      return { rows: [buildLanguageMenu(settings.language, set())] };
    case 'key': {
      const control = { section, seen: markSeen(key.key?.version) };
      const remove: CustomId = { action: 'my-set', control: { ...control, part: 'remove' } };
      return {
        texts: [explainKey('me', key)],
        rows: buildKeyButtons(key, { ask: { action: 'my-ask', control }, remove }),
      };
    }
    default:
      return section satisfies never;
  }
}
