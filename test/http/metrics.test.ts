import { expect, test } from 'vitest';
import { startServer } from './support.ts';

test('/metrics gives out what there is to give, and is not there where there is nothing', async () => {
  const metrics = { contentType: 'text/plain; version=0.0.4', read: async () => 'encore_tasks 1\n' };
  const { url } = await startServer({ metrics });
  const answer = await fetch(`${url}/metrics`);
  expect(answer.headers.get('content-type')).toContain('text/plain');
  expect(await answer.text()).toBe('encore_tasks 1\n');
  const without = await startServer();
  expect((await fetch(`${without.url}/metrics`)).status).toBe(404);
});
