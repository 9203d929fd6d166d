import { z } from 'zod';
import type { ToolResult } from '../../domain/tool-result.ts';
import { text } from './wire.ts';

const personaSchema = z.looseObject({ persona_id: z.string().min(1), name: text });

/** The singer that an answer names, if it names one. */
export function findPersona(content: unknown): Extract<ToolResult, { kind: 'persona' }> | undefined {
  const { data } = personaSchema.safeParse(content);
  return data && { kind: 'persona', personaId: data.persona_id, name: data.name };
}
