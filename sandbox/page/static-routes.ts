import { createHash } from 'node:crypto';
import { readFile, realpath } from 'node:fs/promises';
import { stripTypeScriptTypes } from 'node:module';
import { extname, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { buildPolicy } from './guard.ts';
import { type Modules, readModules } from './import-map.ts';
import { PageError } from './page-error.ts';

const CLIENT = fileURLToPath(new URL('client', import.meta.url));
const JAVASCRIPT = 'text/javascript; charset=utf-8';

/** What is served at all; everything else in these folders is not there. TypeScript goes out as JavaScript. */
const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.ts': JAVASCRIPT,
  '.js': JAVASCRIPT,
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
};

type Wildcard = { Params: { '*': string } };

/** The page itself, its modules, and those of the packages that it is built from: nothing is bundled or built. */
export function registerStatic(app: FastifyInstance): void {
  const modules = readModules('/modules/');
  const importMap = JSON.stringify({ imports: modules.imports });
  const policy = buildPolicy([createHash('sha256').update(importMap).digest('base64')]);

  app.get('/', async (_request, reply) => {
    const page = await readFile(resolve(CLIENT, 'index.html'), 'utf8');
    // It has to stand before the first module.
    const withMap = page.replace('<head>', `<head><script type="importmap">${importMap}</script>`);
    return reply.type('text/html; charset=utf-8').header('content-security-policy', policy).send(withMap);
  });
  app.get<Wildcard>('/client/*', (request, reply) => sendFrom(CLIENT, request.params['*'], reply));
  app.get<Wildcard>('/modules/*', (request, reply) => {
    const { folder, path } = findModule(modules, request.params['*']);
    return sendFrom(folder, path, reply);
  });
}

/** A file of one of the packages, by its address below `/modules/`. */
function findModule({ folders }: Modules, address: string): { folder: string; path: string } {
  for (const [name, folder] of folders) {
    if (address.startsWith(`${name}/`)) return { folder, path: address.slice(name.length + 1) };
  }
  throw notThere(address);
}

async function sendFrom(folder: string, path: string, reply: FastifyReply): Promise<FastifyReply> {
  const type = CONTENT_TYPES[extname(path)];
  const file = await findInside(folder, path);
  if (!type || !file) throw notThere(path);
  const content = await readFile(file);
  const isTypeScript = extname(path) === '.ts';
  return reply.type(type).send(isTypeScript ? stripTypeScriptTypes(content.toString('utf8')) : content);
}

/** The real path of a file, if it is there and really inside of the folder: neither dots nor links lead out of it. */
async function findInside(folder: string, path: string): Promise<string | undefined> {
  const found = await Promise.all([realpath(folder), realpath(resolve(folder, path))]).catch(() => undefined);
  if (!found) return undefined;
  const [root, file] = found;
  return file.startsWith(root + sep) ? file : undefined;
}

function notThere(path: string): PageError {
  return new PageError(404, `There is no file ${path} here.`);
}
