import { startLocalMusicApi } from './server.ts';

const port = Number(process.argv[2] ?? process.env.PORT ?? 0);
const api = await startLocalMusicApi({ port });
const origin = `http://${api.host}`;

console.log(`MusicAPI (local): ${api.url}
Key:              ${api.key}

A song:           curl -s ${api.url}/sonic/create -H 'Authorization: Bearer ${api.key}' -H 'Content-Type: application/json' \\
                    -d '{"custom_mode":false,"mv":"sonic-v6","gpt_description_prompt":"a calm piano piece"}'
Follow it:        curl -s ${api.url}/sonic/task/TASK_ID -H 'Authorization: Bearer ${api.key}'
Next task fails:  curl -s ${origin}/_faults -H 'Content-Type: application/json' -d '{"task":"next","behaviours":["fail"]}'
Next create 429:  curl -s ${origin}/_faults -H 'Content-Type: application/json' \\
                    -d '{"method":"POST","path":"/sonic/create$","answer":{"status":429,"headers":{"retry-after":"2"}}}'
What there is:    curl -s ${origin}/_faults
All well again:   curl -s -X DELETE ${origin}/_faults`);

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    void api.close();
  });
}
