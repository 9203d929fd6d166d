import { describe, expect, it } from 'vitest';
import { parseForm } from '../../../sandbox/discord/form.ts';
import { classicComponents } from '../../../sandbox/discord/validate-components.ts';
import { modalBody } from '../../../sandbox/discord/validate-modal.ts';
import { decodeId } from '../../../src/discord/messages/custom-ids.ts';
import type { CardMessage } from '../../../src/discord/messages/message.ts';
import { MY_SECTIONS, SERVER_SECTIONS } from '../../../src/discord/messages/settings-ids.ts';
import { buildBudgetForm } from '../../../src/discord/settings/budget-parts.ts';
import { describeChanges } from '../../../src/discord/settings/change-words.ts';
import { buildKeyForm } from '../../../src/discord/settings/key-parts.ts';
import { buildMyPanel } from '../../../src/discord/settings/my-panel.ts';
import { buildServerPanel } from '../../../src/discord/settings/server-panel.ts';
import type { ServerView } from '../../../src/discord/settings/server-view.ts';
import { SERVER_VALUES } from '../../../src/discord/settings/value-words.ts';
import { buildWordForm, readWordForm } from '../../../src/discord/settings/word-form.ts';
import { OPERATION_IDS } from '../../../src/domain/request.ts';
import {
  DEFAULT_MEMBER_SETTINGS,
  DEFAULT_SERVER_SETTINGS,
  listChanges,
  type ServerSettings,
} from '../../../src/domain/settings.ts';
import { createCatalogue } from '../../../src/musicapi/catalogue.ts';
import { LANGUAGES, speak } from '../../../src/words/words.ts';

const GUILD = '900000000000000001';
const ids = (count: number, from = 100) =>
  Array.from({ length: count }, (_, index) => `9000000000000${from + index}000`);
const key = { version: 1, setBy: ids(1)[0] ?? '', setAt: Date.now(), isRefused: false, isReadable: true };
const catalogue = createCatalogue();

const nothing: ServerView = {
  guildId: GUILD,
  settings: DEFAULT_SERVER_SETTINGS,
  budgets: [],
  blockedIds: [],
  key: { isPossible: true },
  facts: {},
  limits: { member: 200, server: 2_000 },
  catalogue,
};

/** As much as can be set, half of it gone. */
const full: ServerSettings = {
  ...DEFAULT_SERVER_SETTINGS,
  isPaused: true,
  channelIds: ids(60),
  roleIds: ids(60, 200),
  offOperations: OPERATION_IDS,
  engine: 'sonic',
  model: 'm'.repeat(300),
  pressers: 'roles',
  presserRoleIds: ids(60, 300),
  explicit: 'age-restricted',
  blockedWords: Array.from({ length: 150 }, (_, index) => `${index} ${'*x'.repeat(48)}`),
  language: 'xx'.repeat(200),
  retentionDays: 3_650,
};
const crowded: ServerView = {
  ...nothing,
  settings: full,
  budgets: [...ids(60, 200), ''].map((holderId) => ({
    accountId: 'operator',
    guildId: GUILD,
    holder: holderId ? 'role' : 'server',
    holderId,
    period: { kind: 'rolling', hours: 8_784 },
    credits: 999_999_999,
  })),
  blockedIds: ids(300, 400),
  key: { isPossible: true, key: { ...key, isRefused: true } },
  facts: {
    roles: new Map(ids(30, 200).map((id) => [id, 'A role '.repeat(14)])),
    channelIds: new Set(ids(30)),
  },
};

function expectAccepted({ content, embeds, components }: CardMessage): void {
  expect(content.length).toBeLessThanOrEqual(2_000);
  for (const { description = '' } of embeds) expect(description.length).toBeLessThanOrEqual(4_096);
  parseForm(classicComponents, components);
  for (const { components: parts } of components) {
    for (const part of parts) {
      expect('custom_id' in part && decodeId(part.custom_id), JSON.stringify(part)).toBeTruthy();
    }
  }
}

describe.each(LANGUAGES)('the panels of settings, in %s', (language) => {
  it.each([
    ['nothing', nothing],
    ['as much as there can be', crowded],
    [
      'a key that nobody can read',
      { ...nothing, key: { isPossible: false, key: { ...key, isReadable: false } } },
    ],
    ['own keys switched off', { ...nothing, key: { isPossible: false } }],
  ] as const)('of a server fit with %s set, whichever section is open', (_title, view) => {
    speak(language, () => {
      expectAccepted(buildServerPanel(view));
      for (const section of SERVER_SECTIONS) expectAccepted(buildServerPanel(view, section, 'x'.repeat(200)));
    });
  });

  it('of a member fit, whichever section is open', () => {
    const view = { settings: DEFAULT_MEMBER_SETTINGS, key: { isPossible: true, key }, catalogue };
    speak(language, () => {
      expectAccepted(buildMyPanel(view));
      for (const section of MY_SECTIONS) expectAccepted(buildMyPanel(view, section));
    });
  });

  it('say what was changed in a sentence that fits beside everything else', () => {
    speak(language, () => {
      const all = { ...full, channelIds: full.channelIds.slice(0, 25), roleIds: full.roleIds.slice(0, 25) };
      for (const change of listChanges(DEFAULT_SERVER_SETTINGS, all)) {
        const back = { setting: change.setting, before: change.after, after: change.before };
        for (const one of [change, back]) {
          const done = describeChanges([one], SERVER_VALUES, { roles: new Map(), channelIds: new Set() });
          for (const section of SERVER_SECTIONS) expectAccepted(buildServerPanel(nothing, section, done));
        }
      }
    });
  });

  it('have forms that Discord accepts', () => {
    speak(language, () => {
      const control = { section: 'words' } as const;
      parseForm(modalBody, buildKeyForm({ action: 'my-typed', control: { section: 'key' } }));
      parseForm(modalBody, buildBudgetForm({ holder: 'server', holderId: '' }, crowded.budgets));
      parseForm(modalBody, buildWordForm({ action: 'server-typed', control }, full.blockedWords));
    });
  });
});

describe('what another version has set', () => {
  it('is shown as what it comes to', () => {
    const view = { ...nothing, settings: { ...DEFAULT_SERVER_SETTINGS, language: 'fr', roleIds: [GUILD] } };
    const facts = { roles: new Map([[GUILD, '@everyone']]) };
    const lines = buildServerPanel({ ...view, facts }).embeds[0]?.description?.split('\n');
    expect(lines).toContain('**Language:** "fr", which I do not speak, so as Discord says');
    expect(lines).toContain('**Roles:** @everyone');
  });
});

describe('people who had themselves deleted', () => {
  it('are mentioned by nobody: neither as blocked nor as whoever set the key', () => {
    const gone = { ...key, setBy: 'gone-500' };
    const view = { ...nothing, blockedIds: ['gone-501'], key: { isPossible: true, key: gone } };
    const said = JSON.stringify(buildServerPanel(view));
    expect(said).not.toContain('gone-');
    expect(said).toContain('1 member: *deleted member*');
    expect(said).toContain('set by *deleted member*');
  });
});

describe('the form of blocked words', () => {
  it('holds the longest list that there can be, and gives it back as it was', () => {
    const list = Array.from({ length: 150 }, (_, index) => `${index}`.padEnd(100, 'x'));
    const form = buildWordForm({ action: 'server-typed', control: { section: 'words' } }, list);
    const { components } = parseForm(modalBody, form);
    const typed = components.map((one) =>
      'component' in one && 'value' in one.component ? one.component.value : '',
    );
    expect(typed).toHaveLength(5);
    expect(
      readWordForm(Object.fromEntries(typed.map((text, index) => [`${index}`, String(text ?? '')]))),
    ).toEqual(list);
  });
});
