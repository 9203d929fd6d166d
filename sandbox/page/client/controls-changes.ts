import type { Control, ControlGroup } from '../protocol.ts';

/** The headings of the panel, in their order. */
const HEADINGS: Readonly<Record<ControlGroup, string>> = {
  bot: 'The bot',
  time: 'Time',
  limits: 'Upload limits',
  permissions: 'Permissions of the bot',
  musicapi: "MusicAPI's bad days",
  discord: "Discord's bad days",
};

/** Controls under one heading. */
export interface ControlSection {
  readonly group: ControlGroup;
  readonly heading: string;
  readonly controls: readonly Control[];
}

/** The controls under their headings; headings without any are left out. */
export function listSections(controls: readonly Control[]): readonly ControlSection[] {
  return (Object.keys(HEADINGS) as ControlGroup[])
    .map((group) => ({
      group,
      heading: HEADINGS[group],
      controls: controls.filter((one) => one.group === group),
    }))
    .filter((section) => section.controls.length > 0);
}

/** What has been switched on and still waits, or goes on. */
export function listArmed(controls: readonly Control[]): readonly Control[] {
  return controls.filter((one) => one.kind === 'switch' && one.on && isTrouble(one));
}

/** Whether it makes something go wrong; the others are settings. */
function isTrouble({ group }: Control): boolean {
  return group === 'musicapi' || group === 'discord';
}

/** What changed, in sentences for somebody who does not look at the panel. */
export function describeChanges(before: readonly Control[], after: readonly Control[]): readonly string[] {
  return after.flatMap((control) => {
    const earlier = before.find(({ id }) => id === control.id);
    return earlier ? describeChange(earlier, control) : [];
  });
}

function describeChange(before: Control, after: Control): readonly string[] {
  if (before.kind === 'switch' && after.kind === 'switch' && before.on !== after.on) {
    return [`${after.label}: ${after.on ? 'on' : 'off'}.`];
  }
  if (before.kind === 'choice' && after.kind === 'choice' && before.value !== after.value) {
    return [
      `${after.label}: ${after.options.find(({ value }) => value === after.value)?.label ?? after.value}.`,
    ];
  }
  return [];
}
