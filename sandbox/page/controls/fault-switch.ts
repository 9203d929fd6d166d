import type { Lever } from '../control-panel.ts';

/** A fault that is switched on. */
export interface ActiveSwitch {
  /** Whether it still has its effect before it. */
  waits(): boolean;
  cancel(): void;
}

/** What a switch for a fault is made of. */
export type FaultSwitch = Pick<Lever, 'id' | 'label' | 'expect'> & {
  readonly once: boolean;
  readonly arm: () => ActiveSwitch;
};

/** A switch that arms a fault; one that is for `once` goes off by itself when the fault was met. */
export function createFaultSwitch(
  group: Lever['group'],
  { arm, ...fault }: FaultSwitch,
): Extract<Lever, { kind: 'switch' }> {
  let active: ActiveSwitch | undefined;
  return {
    ...fault,
    group,
    kind: 'switch',
    isOn: () => active?.waits() ?? false,
    turn(on) {
      active?.cancel();
      active = on ? arm() : undefined;
    },
  };
}
