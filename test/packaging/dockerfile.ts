/** Reads the Dockerfile as its engine would. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

/** Folder of the project. */
export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** One instruction: `RUN`, and what follows it. */
export interface Instruction {
  readonly name: string;
  readonly text: string;
}

/** What is built from one image. */
export interface Stage {
  readonly image: string;
  readonly name: string | undefined;
  readonly instructions: readonly Instruction[];
}

export async function readProjectFile(name: string): Promise<string> {
  return await readFile(`${ROOT}${name}`, 'utf8');
}

/** The stages of a Dockerfile, in order. */
export function parseDockerfile(text: string): readonly Stage[] {
  const lines = text.replace(/^\s*#.*\n/gm, '').replace(/\\\n\s*/g, '');
  const stages: (Stage & { instructions: Instruction[] })[] = [];
  for (const line of lines.split('\n').filter((one) => one.trim())) {
    const [, name = '', rest = ''] = /^(\w+)\s+(.*)$/.exec(line) ?? [];
    if (name === 'FROM') {
      const [image = '', , stage] = rest.split(/\s+/);
      stages.push({ image, name: stage, instructions: [] });
    } else stages.at(-1)?.instructions.push({ name, text: rest });
  }
  return stages;
}

/** The texts of all instructions of one name. */
export function textsOf(stage: Stage | undefined, name: string): readonly string[] {
  return (stage?.instructions ?? []).filter((one) => one.name === name).map(({ text }) => text);
}

/** A command that is given as a list of its words. */
export function parseWords(text: string): readonly string[] {
  return z.array(z.string()).parse(JSON.parse(text.slice(text.indexOf('['))));
}

/** The variables that a stage sets. */
export function readEnv(stage: Stage | undefined): Readonly<Record<string, string>> {
  const pairs = textsOf(stage, 'ENV').flatMap((text) => text.split(/\s+/));
  return Object.fromEntries(
    pairs.map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]),
  );
}

/** The parameters of Node in `npm start`: the one place where they are decided about. */
export async function readStartParameters(): Promise<readonly string[]> {
  const { scripts } = z
    .object({ scripts: z.object({ start: z.string() }) })
    .parse(JSON.parse(await readProjectFile('package.json')));
  const [, ...parameters] = scripts.start.split(' ');
  return parameters.filter((parameter) => !parameter.startsWith('--env-file'));
}
