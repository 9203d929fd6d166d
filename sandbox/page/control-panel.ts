import { PageError } from './page-error.ts';
import type { Control, ControlGroup, ControlRequest } from './protocol.ts';

interface LeverBase {
  readonly id: string;
  readonly group: ControlGroup;
  readonly label: string;
  /** What the bot is expected to do then. */
  readonly expect: string;
}

/** A control with what it does. */
export type Lever =
  | (LeverBase & {
      readonly kind: 'switch';
      /** It goes off by itself as soon as it has had its effect. @defaultValue false */
      readonly once?: boolean;
      readonly isOn: () => boolean;
      readonly turn: (on: boolean) => void | Promise<void>;
    })
  | (LeverBase & {
      readonly kind: 'choice';
      readonly options: readonly { readonly value: string; readonly label: string }[];
      readonly value: () => string;
      readonly choose: (value: string) => void;
    })
  | (LeverBase & { readonly kind: 'action'; readonly run: () => void | Promise<void> });

/** Everything about this world that can be changed from the page. */
export class ControlPanel {
  readonly #levers: readonly Lever[];
  readonly #listeners = new Set<() => void>();

  constructor(levers: readonly Lever[]) {
    this.#levers = levers;
  }

  /** The controls as they stand. */
  show(): readonly Control[] {
    return this.#levers.map(showLever);
  }

  /** @throws PageError 404 when there is no such control, 400 when it cannot be turned like that */
  async turn({ control, value }: ControlRequest): Promise<void> {
    const lever = this.#levers.find(({ id }) => id === control);
    if (!lever) throw new PageError(404, `There is no control "${control}".`);
    try {
      await pull(lever, value);
    } finally {
      // One that did not get to its end has changed something all the same.
      for (const run of this.#listeners) run();
    }
  }

  /** Calls `run` whenever a control was turned. Returns what ends that. */
  onChange(run: () => void): () => void {
    this.#listeners.add(run);
    return () => this.#listeners.delete(run);
  }
}

/** Turns everything off that is on, in the given levers. */
export async function turnOff(levers: readonly Lever[]): Promise<void> {
  for (const lever of levers) if (lever.kind === 'switch' && lever.isOn()) await lever.turn(false);
}

function showLever(lever: Lever): Control {
  const { id, group, label, expect } = lever;
  const base = { id, group, label, expect };
  switch (lever.kind) {
    case 'switch':
      return { ...base, kind: 'switch', on: lever.isOn(), once: lever.once ?? false };
    case 'choice':
      return { ...base, kind: 'choice', value: lever.value(), options: lever.options };
    case 'action':
      return { ...base, kind: 'action' };
  }
}

async function pull(lever: Lever, value: boolean | string | undefined): Promise<void> {
  switch (lever.kind) {
    case 'switch':
      if (typeof value !== 'boolean') throw new PageError(400, `"${lever.label}" is true or false.`);
      // What is on already is not done twice.
      if (lever.isOn() !== value) await lever.turn(value);
      return;
    case 'choice':
      if (!lever.options.some((option) => option.value === value)) {
        const values = lever.options.map((option) => option.value).join(', ');
        throw new PageError(400, `"${lever.label}" is one of ${values}.`);
      }
      lever.choose(String(value));
      return;
    case 'action':
      await lever.run();
  }
}
