import { readAccepted } from '../answers.ts';
import { path } from '../path.ts';
import { compact } from './body.ts';
import type { EngineProtocol } from './engine.ts';
import { SONIC_SONGS } from './sonic-songs.ts';
import { readSonicTask } from './sonic-task.ts';
import { SONIC_TOOL_ANSWERS } from './sonic-tool-answers.ts';
import { SONIC_TOOLS } from './sonic-tools.ts';

const BODIES = { ...SONIC_SONGS, ...SONIC_TOOLS };

/** The engine with the full range: songs of all kinds, stems, and tools that answer at once. */
export const sonic: EngineProtocol = {
  buildBody: (request, model) => compact(BODIES[request.operation](request, model)),
  readSubmission: (answer, place, request) =>
    (SONIC_TOOL_ANSWERS[request.operation] ?? readAccepted)(answer, place, request),
  taskPath: (providerTaskId) => path`/sonic/task/${providerTaskId}`,
  readTask: readSonicTask,
};
