/** What one can do in each section of the panel of a server. */
import { ActionRowBuilder, ChannelSelectMenuBuilder } from '@discordjs/builders';
import { ButtonStyle, ChannelType } from 'discord-api-types/v10';
import { EXPLICIT_RULES, PRESSERS, RESULT_PLACES } from '../../domain/settings.ts';
import { words } from '../../words/words.ts';
import { type CustomId, encodeId } from '../messages/custom-ids.ts';
import { type ButtonRow, buildButton, buildRow } from '../messages/message.ts';
import { markSeen, type ServerSection } from '../messages/settings-ids.ts';
import { buildBudgetControls } from './budget-parts.ts';
import { isChannelGone } from './guild-facts.ts';
import { buildKeyButtons, explainKey } from './key-parts.ts';
import { buildOperationMenu } from './operation-menu.ts';
import { buildEngineMenus, buildLanguageMenu, buildMenu, NOT_SET } from './panel-parts.ts';
import { buildGoneButton, buildRoleControls, type Controls, MAX_CHOICES } from './role-controls.ts';
import { type ServerView, shownOfServer } from './server-view.ts';
import { formatRetention } from './value-words.ts';

const CHANNEL_TYPES = [
  ChannelType.GuildText,
  ChannelType.GuildAnnouncement,
  ChannelType.GuildVoice,
  ChannelType.GuildStageVoice,
  ChannelType.GuildForum,
  ChannelType.GuildMedia,
];

/** For how many days texts may be kept. */
const OFFERED_DAYS = [1, 7, 30, 90, 180, 365];

/** The controls of a section. */
export function buildServerControls(section: ServerSection, view: ServerView): Controls {
  const { settings, facts, catalogue, key } = view;
  const { settingsPanel } = words();
  const { placeholders, values } = settingsPanel;
  const seen = markSeen(shownOfServer(section, settings));
  const set = (part?: string): CustomId => ({ action: 'server-set', control: { section, seen, part } });
  const ask = (part?: string): CustomId => ({ action: 'server-ask', control: { section, part } });
  switch (section) {
    case 'pause':
      return { rows: [buildPauseButton(view)] };
    case 'channels': {
      const gone = settings.channelIds.filter((id) => isChannelGone(facts, id));
      const select = new ChannelSelectMenuBuilder()
        .setCustomId(encodeId(set()))
        .setPlaceholder(placeholders.channels)
        .setChannelTypes(CHANNEL_TYPES)
        .setMinValues(0)
        .setMaxValues(MAX_CHOICES);
      // Discord was not seen to take one that is not there; what is not known is left to choose anew.
      if (facts.channelIds) {
        select.setDefaultChannels(
          settings.channelIds.filter((id) => !gone.includes(id)).slice(0, MAX_CHOICES),
        );
      }
      const row = new ActionRowBuilder<ChannelSelectMenuBuilder>().addComponents(select);
      const { channels, channelsAll } = settingsPanel.gone;
      if (gone.length === 0) return { rows: [row] };
      const isAll = gone.length === settings.channelIds.length;
      return { texts: [isAll ? channelsAll : channels], rows: [row, buildGoneButton(set('gone'))] };
    }
    case 'roles':
      return buildRoleControls(settings.roleIds, placeholders.roles, view, { set: set(), gone: set('gone') });
    case 'operations':
      return {
        rows: [
          buildOperationMenu('songs', placeholders.offSongs, view, set('songs')),
          buildOperationMenu('tools', placeholders.offTools, view, set('tools')),
        ],
      };
    case 'engine':
      return { rows: buildEngineMenus(settings, catalogue, set) };
    case 'pressers': {
      const who = buildMenu({
        id: set('who'),
        placeholder: placeholders.pressers,
        options: PRESSERS.map((value) => ({ label: values.pressers[value], value })),
        chosen: [settings.pressers],
      });
      const ids = { set: set(), gone: set('gone') };
      const { texts = [], rows } = buildRoleControls(
        settings.presserRoleIds,
        placeholders.presserRoles,
        view,
        ids,
      );
      return { texts, rows: [who, ...rows] };
    }
    case 'results':
      return {
        rows: [
          buildMenu({
            id: set(),
            placeholder: placeholders.results,
            options: RESULT_PLACES.map((value) => ({ label: values.results[value], value })),
            chosen: [settings.results],
          }),
        ],
      };
    case 'explicit':
      return {
        rows: [
          buildMenu({
            id: set(),
            placeholder: placeholders.explicit,
            options: EXPLICIT_RULES.map((value) => ({ label: values.explicit[value], value })),
            chosen: [settings.explicit],
          }),
        ],
      };
    case 'budgets':
      return buildBudgetControls(view);
    case 'words': {
      const { about, button } = settingsPanel.words;
      return { texts: [about], rows: [buildRow(buildButton(button, ask(), { style: ButtonStyle.Primary }))] };
    }
    case 'members': {
      const { about, button } = settingsPanel.members;
      return { texts: [about], rows: [buildRow(buildButton(button, { action: 'members' }))] };
    }
    case 'retention': {
      const days = settings.retentionDays;
      const offered = new Set([...OFFERED_DAYS, ...(days === undefined ? [] : [days])]);
      return {
        rows: [
          buildMenu({
            id: set(),
            placeholder: placeholders.retention,
            options: [
              { label: formatRetention(undefined), value: NOT_SET },
              ...[...offered]
                .toSorted((a, b) => a - b)
                .map((one) => ({ label: formatRetention(one), value: String(one) })),
            ],
            chosen: [days === undefined ? NOT_SET : String(days)],
          }),
        ],
      };
    }
    case 'language':
      return { rows: [buildLanguageMenu(settings.language, set())] };
    case 'key': {
      const control = { section, seen: markSeen(key.key?.version) };
      const remove: CustomId = { action: 'server-set', control: { ...control, part: 'remove' } };
      return {
        texts: [explainKey('server', key)],
        rows: buildKeyButtons(key, { ask: { action: 'server-ask', control }, remove }),
      };
    }
    default:
      return section satisfies never;
  }
}

/** **Pause** or **Go on**. */
export function buildPauseButton({ settings }: ServerView): ButtonRow {
  const { pause, resume } = words().settingsPanel.pause;
  const seen = markSeen(shownOfServer('pause', settings));
  const part = settings.isPaused ? 'off' : 'on';
  const id: CustomId = { action: 'server-set', control: { section: 'pause', seen, part } };
  return settings.isPaused
    ? buildRow(buildButton(resume, id, { style: ButtonStyle.Success }))
    : buildRow(buildButton(pause, id, { style: ButtonStyle.Danger }));
}
