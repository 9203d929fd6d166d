import { createNumbers } from '../numbers.ts';

const numbers = createNumbers('en-GB');

/** What servers and members have set, and why something is therefore not done. */
export const settings = {
  /** Refusals of a server's rules: which one, and who can change it. */
  refused: {
    paused:
      'Making songs is paused in this server. Only members with the permission Manage Server can switch it on again (/settings server). Nothing was spent.',
    channel: ({ channels }: { channels: string }) =>
      `This server lets songs be asked for only in ${channels}. Members with the permission Manage Server can change that (/settings server). Nothing was spent.`,
    role: ({ roles }: { roles: string }) =>
      `This server lets only members with the role ${roles} ask for songs. Members with the permission Manage Server can change that (/settings server). Nothing was spent.`,
    operation: ({ operation }: { operation: string }) =>
      `${operation} is switched off in this server. Members with the permission Manage Server can switch it on (/settings server). Nothing was spent.`,
    word: ({ word }: { word: string }) =>
      `This server does not want the word "${word}" in anything that is asked for. Members with the permission Manage Server can change its list (/settings server). Nothing was spent.`,
    explicit: ({ word }: { word: string }) =>
      `This server wants explicit words, such as "${word}", only in channels that are age-restricted. Ask there, or change the words; members with the permission Manage Server can change the rule (/settings server). Nothing was spent.`,
    notRequester: ({ member }: { member: string }) =>
      `In this server only ${member}, who asked for this, may press its buttons. The commands take the song too; members with the permission Manage Server can change the rule (/settings server).`,
    notRequesterUnknown:
      'In this server only the person who asked for this may press its buttons. The commands take the song too; members with the permission Manage Server can change the rule (/settings server).',
    notPresser: ({ roles }: { roles: string }) =>
      `In this server only the person who asked for this, and members with the role ${roles}, may press its buttons. Members with the permission Manage Server can change the rule (/settings server).`,
  },

  /** What cannot be set. */
  invalid: {
    language: ({ language }: { language: string }) =>
      `I do not speak "${language}". Choose one of the languages that are offered. Nothing was changed.`,
    model: ({ model, engine }: { model: string; engine: string }) =>
      `The engine ${engine} has no model "${model}". Nothing was changed.`,
    tooManyWords: ({ most }: { most: string }) =>
      `A server can block at most ${most} words. Nothing was changed.`,
    longWord: ({ most }: { most: string }) =>
      `A blocked word or phrase has at most ${most} characters. Nothing was changed.`,
    longWords: ({ most }: { most: string }) =>
      `Blocked words and phrases have at most ${most} characters all together. Nothing was changed.`,
    emptyWord: ({ word }: { word: string }) =>
      `"${word}" has neither letters nor digits, so it would never be found. Nothing was changed.`,
    retention: ({ most }: { most: string }) =>
      `What was typed can be kept for 1 to ${most} whole days. Nothing was changed.`,
  },

  /** Keys of one's own. */
  keys: {
    off: 'Own keys are switched off: the person who runs this bot has to set ENCRYPTION_KEY first (openssl rand -base64 32). Nothing was stored.',
    malformed:
      'This is no key: it has blanks or characters that no key has, or is too short. Copy it again from API Keys in the MusicAPI dashboard. Nothing was stored.',
    refusedNow:
      'MusicAPI does not take this key. Copy it again from API Keys in the MusicAPI dashboard. Nothing was stored.',
    unchecked:
      'MusicAPI does not answer at the moment, so the key could not be checked. Nothing was stored; try again in a minute.',
    /** Instead of replacing or removing it. */
    inUse: ({ count }: { count: number }) => {
      const songs = numbers.count(count, { one: 'song is', other: 'songs are' });
      const they = numbers.form(count, { one: 'it is', other: 'they are' });
      return `${songs} being made with it: try again when ${they} finished. Nothing was changed.`;
    },
    unreadable:
      'The key of this account cannot be read any more, because the encryption key of this bot was changed. Set it again in /settings. Nothing was spent.',
    ofServerRefused:
      'MusicAPI does not take the key of this server any more, so nothing is sent with it. Members with the permission Manage Server can replace or remove it (/settings server). Nothing was spent.',
    ofMemberRefused:
      'MusicAPI does not take your own key any more, so nothing is sent with it. Replace or remove it in /settings me. Nothing was spent.',
    removed:
      'This was made with an own key of MusicAPI that has been removed since, and no other key knows it. Nothing was spent; it works again when the same key is set.',
    ofAnotherMember: ({ member }: { member: string }) =>
      `This was made with the own key of ${member}, and no other key knows it, so only they can take it further. Nothing was spent.`,
    ofAnotherServer:
      'This was made with the own key of another server, and no other key knows it, so it can be taken further only there. Nothing was spent.',
    /** A direct message to whoever set the key. */
    toldMember:
      'MusicAPI does not take your own key any more. What you asked for with it waits until you replace the key in /settings me, or ends when you remove it; what was refused has cost nothing.',
    toldManager:
      'MusicAPI does not take the key any more that you set for a server. What was asked for with it waits until somebody replaces the key in /settings server, or ends when it is removed; what was refused has cost nothing.',
  },
};
