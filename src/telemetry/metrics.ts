import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { OPERATOR_ACCOUNT } from '../store/accounts.ts';
import { createDeliveryInstruments } from './delivery-instruments.ts';
import { createDiscordInstruments } from './discord-instruments.ts';
import type { BotEvent, Observe } from './events.ts';
import type { Instruments } from './instruments.ts';
import { createProviderInstruments } from './provider-instruments.ts';
import { type BotState, createStateGauges } from './state-gauges.ts';
import { createTaskInstruments, createTroubleInstruments } from './task-instruments.ts';

/** What the process counts for Prometheus. No member, no server and no text ever stands in a label. */
export interface Metrics {
  readonly contentType: string;
  /** Counts what happened. */
  readonly observe: Observe;
  /** Everything, in the text format of Prometheus. */
  read(state: BotState): Promise<string>;
}

/** Creates the metrics of one process. */
export function createMetrics({ version, role }: { version: string; role: string }): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  new Gauge({
    name: 'encore_build_info',
    help: 'Version and role of the process; always 1.',
    labelNames: ['version', 'role'],
    registers: [registry],
  }).set({ version, role }, 1);
  const setState = createStateGauges(registry);
  let told: { readonly credits: number; readonly at: number } | undefined;
  const balance: Instruments = {
    balance: ({ accountId, credits }) => {
      if (accountId === OPERATOR_ACCOUNT) told = { credits, at: performance.now() };
    },
  };
  const all = [
    balance,
    createTaskInstruments(registry),
    createTroubleInstruments(registry),
    createProviderInstruments(registry),
    createDiscordInstruments(registry),
    createDeliveryInstruments(registry),
  ];
  return {
    contentType: registry.contentType,
    observe: (event) => {
      for (const instruments of all) pick(instruments, event)?.(event);
    },
    read: async (state) => {
      setState(state, told && { credits: told.credits, ageMs: performance.now() - told.at });
      return await registry.metrics();
    },
  };
}

/** The instrument of an event's kind takes exactly the events of that kind: the table's type ties the two together. */
function pick(instruments: Instruments, { kind }: BotEvent): ((event: BotEvent) => void) | undefined {
  return instruments[kind] as ((event: BotEvent) => void) | undefined;
}
