import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { TASK_BEHAVIOURS, taskBehaviourSchema } from '../behaviours.ts';
import type { Context } from '../context.ts';
import { badRequest } from '../errors.ts';
import { type ActiveFault, faultSchema } from '../faults.ts';
import { PRICES } from '../prices.ts';

/** A behaviour for the next task (or the next of one operation), or for a task that runs. */
const plannedSchema = z.object({
  /** `next` or a task id. */
  task: z.string().min(1),
  behaviours: z.array(taskBehaviourSchema),
  operation: z.enum(Object.keys(PRICES) as [keyof typeof PRICES]).optional(), // the keys are what the type says
});

/** `/_faults` and `/_advance`: faults and the clock over HTTP, for people with curl. They need no key and are not recorded. */
export function registerControl(app: FastifyInstance, context: Context): void {
  app.get('/_faults', async () => ({
    faults: context.faults.list().map(formatFault),
    next: context.planned,
    behaviours: TASK_BEHAVIOURS,
  }));

  app.post('/_faults', async (request) => {
    const planned = plannedSchema.safeParse(request.body);
    if (planned.success) {
      const { task, behaviours, operation } = planned.data;
      if (task === 'next') context.planned.push({ operation, behaviours });
      else if (context.tasks.find(task) === undefined) throw badRequest('task not found.');
      else context.tasks.setBehaviours(task, behaviours);
      return { message: 'success' };
    }
    const fault = faultSchema.safeParse(request.body);
    const isBehaviour = typeof request.body === 'object' && request.body !== null && 'task' in request.body;
    if (isBehaviour) throw badRequest(z.prettifyError(planned.error));
    if (!fault.success) throw badRequest(z.prettifyError(fault.error));
    return formatFault(context.faults.add(fault.data));
  });

  app.delete<{ Params: { id?: string } }>('/_faults/:id?', async (request) => {
    context.faults.remove(request.params.id);
    if (request.params.id === undefined) context.planned.length = 0;
    return { message: 'success' };
  });

  app.post('/_advance', async (request) => {
    const parsed = z.object({ ms: z.number().min(0) }).safeParse(request.body);
    if (!parsed.success) throw badRequest(z.prettifyError(parsed.error));
    context.clock.advance(parsed.data.ms);
    return { now: context.clock.now() };
  });
}

function formatFault(fault: ActiveFault): Record<string, unknown> {
  return {
    ...fault,
    path: fault.path?.source,
    remaining: Number.isFinite(fault.remaining) ? fault.remaining : 'all',
  };
}
