import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';

it('the local Discord starts on its own and says how to reach it', async () => {
  const child = spawn(process.execPath, ['sandbox/discord/main.ts'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    let output = '';
    for await (const chunk of child.stdout) {
      output += String(chunk);
      if (output.includes('channel id')) break;
    }
    const url = /DISCORD_API_URL=(\S+)/.exec(output)?.[1];
    const token = /DISCORD_TOKEN=(\S+)/.exec(output)?.[1];
    const response = await fetch(`${url}/v10/gateway/bot`, { headers: { authorization: `Bot ${token}` } });
    expect(await response.json()).toMatchObject({ url: expect.stringMatching(/^ws:/), shards: 1 });
  } finally {
    child.kill('SIGTERM');
  }
  const [code] = await once(child, 'exit');
  expect(code).toBe(0);
});
