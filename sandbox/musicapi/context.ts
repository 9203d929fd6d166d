import type { Accounts } from './accounts.ts';
import type { TaskBehaviour } from './behaviours.ts';
import type { Clips } from './clips.ts';
import type { Clock } from './clock.ts';
import type { Faults } from './faults.ts';
import type { Renderer } from './media/renderer.ts';
import type { Settings } from './options.ts';
import type { Personas } from './personas.ts';
import type { Operation } from './prices.ts';
import type { Tasks } from './tasks.ts';
import type { VoiceTrack } from './voices.ts';
import type { Webhooks } from './webhooks.ts';

/** Behaviours that wait for the next task, or the next of one operation. */
interface PlannedBehaviours {
  readonly operation: Operation | undefined;
  readonly behaviours: readonly TaskBehaviour[];
}

/** What every handler works with; built once by the server. */
export interface Context {
  readonly settings: Settings;
  readonly clock: Clock;
  readonly accounts: Accounts;
  readonly clips: Clips;
  readonly personas: Personas;
  /** Voices by `vox_audio_id`. */
  readonly voices: Map<string, VoiceTrack>;
  readonly tasks: Tasks;
  readonly faults: Faults;
  readonly renderer: Renderer;
  readonly webhooks: Webhooks;
  /** Behaviours for tasks to come, used up in order. */
  readonly planned: PlannedBehaviours[];
  /** `http://127.0.0.1:PORT`, known once the server listens. */
  getOrigin(): string;
}
