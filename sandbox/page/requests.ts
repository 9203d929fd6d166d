/** What the page may ask for, read from what came over the wire. */
import { z } from 'zod';
import { PageError } from './page-error.ts';
import type {
  AutocompleteRequest,
  CommandRequest,
  ControlRequest,
  FileInput,
  MessageCommandRequest,
  PressRequest,
  SayRequest,
  SelectRequest,
  SubmitRequest,
} from './protocol.ts';

const id = z.string().regex(/^\d{1,20}$/, 'is not an id');
const file = z.object({ name: z.string().min(1), base64: z.base64() }) satisfies z.ZodType<FileInput>;
const act = { as: id, channel: id };
const onMessage = { ...act, message: id };
const command = { ...act, command: z.string(), options: z.record(z.string(), optionInput()) };

function optionInput() {
  return z.union([z.string(), z.number(), z.boolean(), file]);
}

function fieldInput() {
  return z.union([z.string(), z.boolean(), z.array(z.string()), z.array(file)]);
}

/** The body of each route. */
export const requests = {
  command: z.object(command) satisfies z.ZodType<CommandRequest>,
  autocomplete: z.object({ ...command, focused: z.string() }) satisfies z.ZodType<AutocompleteRequest>,
  messageCommand: z.object({
    ...onMessage,
    command: z.string(),
  }) satisfies z.ZodType<MessageCommandRequest>,
  press: z.object({ ...onMessage, customId: z.string() }) satisfies z.ZodType<PressRequest>,
  select: z.object({
    ...onMessage,
    customId: z.string(),
    values: z.array(z.string()),
  }) satisfies z.ZodType<SelectRequest>,
  submit: z.object({
    as: id,
    modal: id,
    values: z.record(z.string(), fieldInput()),
  }) satisfies z.ZodType<SubmitRequest>,
  say: z.object({ ...act, content: z.string(), files: z.array(file) }) satisfies z.ZodType<SayRequest>,
  control: z.object({
    control: z.string(),
    value: z.union([z.boolean(), z.string()]).exactOptional(),
  }) satisfies z.ZodType<ControlRequest>,
};

/** Reads what came over the wire. @throws PageError 400 naming everything that is wrong */
export function readRequest<T>(schema: z.ZodType<T>, raw: unknown): T {
  const { data, error } = schema.safeParse(raw);
  if (error) throw new PageError(400, z.prettifyError(error));
  return data;
}
