import type { Check } from './check.ts';
import { clock } from './checks/clock.ts';
import { registeredCommands } from './checks/commands.ts';
import { configuration, configurationNames } from './checks/configuration.ts';
import { database, databaseLock, databaseMigrations, databaseRights } from './checks/database.ts';
import { application, discord, install, intents } from './checks/discord.ts';
import { databaseDisk, mediaDisk } from './checks/disk.ts';
import { encryptionKey } from './checks/encryption-key.ts';
import { gateway } from './checks/gateway.ts';
import { ffmpeg, memory, node } from './checks/machine.ts';
import { mediaHosts } from './checks/media-hosts.ts';
import { models } from './checks/models.ts';
import { catalogue, musicApi } from './checks/musicapi.ts';
import { channel, server, servers } from './checks/places.ts';
import { webhooks } from './checks/webhooks.ts';

/** Everything that is looked at, in the order of the report; what a check needs comes before it. */
export const CHECKS: readonly Check[] = [
  configuration,
  configurationNames,
  database,
  databaseLock,
  databaseMigrations,
  databaseRights,
  databaseDisk,
  mediaDisk,
  catalogue,
  musicApi,
  models,
  discord,
  application,
  intents,
  install,
  gateway,
  registeredCommands,
  servers,
  server,
  channel,
  mediaHosts,
  clock,
  ffmpeg,
  webhooks,
  node,
  encryptionKey,
  memory,
];
