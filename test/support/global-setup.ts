import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startPostgres } from './postgres-server.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Address of a PostgreSQL, which may still be starting. */
    readonly postgresUrl: string;
  }
}

/**
 * One PostgreSQL for the whole run: that of `TEST_DATABASE_URL`, else one that ends with it. And compiled code is kept
 * from run to run: processes and threads are started by the hundred, each of which would strip and compile the same.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  process.env.NODE_COMPILE_CACHE ??= join(tmpdir(), 'encore-compile-cache');
  const given = process.env.TEST_DATABASE_URL;
  const server = given ? undefined : await startPostgres();
  project.provide('postgresUrl', given ?? server?.url ?? '');
  server?.ready.catch((error: unknown) => {
    process.stderr.write(`The PostgreSQL of the tests did not start: ${String(error)}\n`);
  });
  return async () => await server?.stop();
}
