/** Which modules of packages the page may load, and under which names. */
import { readFileSync } from 'node:fs';
import { findPackageJSON } from 'node:module';
import { dirname } from 'node:path';
import { z } from 'zod';

/** What the page is built from; what these need comes along. */
const PACKAGES = ['lit', '@skyra/discord-components-core', '@fontsource/inter'] as const;

/** The conditions of `exports` under which a browser gets its files, without the builds for development. */
const CONDITIONS: ReadonlySet<string> = new Set(['browser', 'import', 'default']);

type Target = string | { readonly [condition: string]: Target };

const targetSchema: z.ZodType<Target> = z.lazy(() =>
  z.union([z.string(), z.record(z.string(), targetSchema)]),
);
const packageSchema = z.object({
  name: z.string(),
  exports: z.record(z.string(), targetSchema).optional(),
  dependencies: z.record(z.string(), z.string()).default({}),
});

/** Packages with their folders, and the import map for a browser. */
export interface Modules {
  /** Folder by name of the package. */
  readonly folders: ReadonlyMap<string, string>;
  /** Address by name in an import. */
  readonly imports: Readonly<Record<string, string>>;
}

/** Reads the packages of the page and all that they need. @param prefix - where their folders are served, with a slash at its end */
export function readModules(prefix: string): Modules {
  const folders = new Map<string, string>();
  const imports: Record<string, string> = {};
  const visit = (name: string, from: string) => {
    if (folders.has(name)) return;
    const path = findPackageJSON(name, from);
    if (!path) throw new Error(`The package ${name} is not installed: npm ci`);
    const { exports = {}, dependencies } = packageSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
    folders.set(name, dirname(path));
    for (const [subpath, target] of Object.entries(exports)) {
      const file = resolveTarget(target);
      if (file?.endsWith('.js')) imports[name + subpath.slice(1)] = `${prefix}${name}/${file.slice(2)}`;
    }
    for (const needed of Object.keys(dependencies)) visit(needed, path);
  };
  for (const name of PACKAGES) visit(name, import.meta.url);
  return { folders, imports };
}

/** The file that a browser gets. */
function resolveTarget(target: Target): string | undefined {
  if (typeof target === 'string') return target;
  for (const [condition, next] of Object.entries(target)) {
    const file = CONDITIONS.has(condition) ? resolveTarget(next) : undefined;
    if (file !== undefined) return file;
  }
  return undefined;
}
