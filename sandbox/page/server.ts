import fastify, { type FastifyError, type FastifyInstance } from 'fastify';
import { ClientError } from '../discord/client-error.ts';
import { DiscordError } from '../discord/errors.ts';
import type { Stage } from '../stage.ts';
import { registerActs } from './act-routes.ts';
import type { CastMember } from './cast.ts';
import { showCommand } from './command-views.ts';
import { ControlPanel } from './control-panel.ts';
import { listLevers } from './controls/levers.ts';
import { registerFiles } from './file-routes.ts';
import { registerGuard } from './guard.ts';
import { PageError } from './page-error.ts';
import type { Refusal, WorldView } from './protocol.ts';
import { readRequest, requests } from './requests.ts';
import { Scenery } from './scenery.ts';
import { registerStatic } from './static-routes.ts';
import { registerStream } from './stream.ts';

const HOST = '127.0.0.1';
/** Ten files of the largest size would be more; this is one of 50 MiB in base64, and a little. */
const MAX_BODY_BYTES = 72 * 1024 * 1024;
/** So many ports are tried, one after the other, where the first is taken. */
const PORTS = 50;

/** The running server of the page. */
export interface PageServer {
  /** What to open in a browser. */
  readonly url: string;
  /** Ends open connections, too. */
  close(): Promise<void>;
}

/**
 * Starts the server of the page, on loopback alone.
 *
 * @param port - the one to have, or the next that is free; 0 for any
 * @param cast - everybody whom one can be on the page
 */
export async function startPageServer(
  stage: Stage,
  cast: readonly CastMember[],
  port: number,
): Promise<PageServer> {
  const app = fastify({ bodyLimit: MAX_BODY_BYTES, forceCloseConnections: true });
  // What a form of another page could send without asking is not read at all.
  app.removeContentTypeParser('text/plain');
  app.setErrorHandler((error: FastifyError, _request, reply) => {
    const { status, sentence } = explain(error);
    return reply.code(status).send({ error: sentence } satisfies Refusal);
  });
  app.setNotFoundHandler((request) => {
    throw new PageError(404, `There is nothing at ${request.method} ${request.url}.`);
  });
  registerGuard(app);
  const scenery = new Scenery(stage.discord, cast, stage.musicApi.host);
  const controls = new ControlPanel(listLevers(stage, cast));
  registerViews(app, scenery);
  registerStream(app, scenery, controls);
  registerActs(app, scenery);
  app.post('/api/controls', async (request) => {
    await controls.turn(readRequest(requests.control, request.body));
    return controls.show();
  });
  registerFiles(app, stage.discord, stage.musicApi.host);
  registerStatic(app);
  return { url: await listen(app, port), close: async () => await app.close() };
}

function registerViews(app: FastifyInstance, scenery: Scenery): void {
  app.get('/api/world', async (): Promise<WorldView> => {
    const { id, name } = scenery.discord.botUser;
    return {
      bot: { id, name },
      people: scenery.cast.map(({ person: { user }, role }) => ({
        id: user.id,
        name: user.name,
        role,
        locale: user.locale,
      })),
    };
  });
  app.get<{ Querystring: { as?: string; channel?: string } }>('/api/commands', async ({ query }) => {
    const person = scenery.getPerson(query.as ?? '');
    const channel = scenery.getChannel(person, query.channel ?? '');
    return person.commands(channel).flatMap((command) => showCommand(command, person.user.locale));
  });
}

/** What went wrong, for whoever reads the page. */
function explain(error: FastifyError | Error): { status: number; sentence: string } {
  if (error instanceof PageError) return { status: error.statusCode, sentence: error.message };
  if (error instanceof ClientError) return { status: 422, sentence: error.message };
  if (error instanceof DiscordError) return { status: 422, sentence: `Discord refuses it: ${error.message}` };
  const status = 'statusCode' in error ? (error.statusCode ?? 500) : 500;
  if (status === 413) return { status, sentence: 'That is more than anybody can upload at once.' };
  return { status, sentence: status < 500 ? error.message : `The sandbox has a fault: ${error.message}` };
}

/** Listens on the first port that is free. @returns the address */
async function listen(app: FastifyInstance, port: number): Promise<string> {
  for (let next = port; ; next += 1) {
    try {
      return await app.listen({ host: HOST, port: next });
    } catch (error) {
      const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
      if (!isTaken || next >= port + PORTS) throw error;
    }
  }
}
