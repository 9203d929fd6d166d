import { z } from 'zod';
import { type FormProblem, refuseForm } from './errors.ts';

type Path = readonly (string | number)[];

/** What a refinement needs of zod's context to report a problem. */
export interface Reporter {
  addIssue(issue: {
    code: 'custom';
    path?: (string | number)[];
    message: string;
    params: { code: string };
  }): void;
}

/** Reports a problem under Discord's own code, at a path relative to the value being refined. */
export function report(ctx: Reporter, path: Path, code: string, message: string): void {
  ctx.addIssue({ code: 'custom', path: [...path], message, params: { code } });
}

/** Length as Discord counts it: code points, not UTF-16 units. */
export function lengthOf(value: string): number {
  let count = 0;
  for (const _ of value) count += 1;
  return count;
}

function reportLength(ctx: Reporter, length: number, min: number, max: number, kind: 'text' | 'list'): void {
  if (length === 0 && min > 0 && kind === 'text') {
    report(ctx, [], 'BASE_TYPE_REQUIRED', 'This field is required');
  } else if (length < min || (length > max && min > 0)) {
    report(ctx, [], 'BASE_TYPE_BAD_LENGTH', `Must be between ${min} and ${max} in length.`);
  } else if (length > max) {
    report(ctx, [], 'BASE_TYPE_MAX_LENGTH', `Must be ${max} or fewer in length.`);
  }
}

/** A string with limits in characters. With `trim`, surrounding white space is removed before it is counted. */
export function text(limits: { min?: number; max: number; trim?: boolean }) {
  return z
    .string()
    .transform((value) => (limits.trim ? value.trim() : value))
    .superRefine((value, ctx) => reportLength(ctx, lengthOf(value), limits.min ?? 0, limits.max, 'text'));
}

/** A list with limits on its number of entries. */
export function list<T extends z.ZodType>(item: T, limits: { min?: number; max: number }) {
  return z
    .array(item)
    .superRefine((value, ctx) => reportLength(ctx, value.length, limits.min ?? 0, limits.max, 'list'));
}

/** An integer within limits. */
export function integer(min: number, max: number) {
  return z.int().min(min).max(max);
}

/** A Discord id; numbers are taken too, as Discord does. */
export const snowflake = z.union([z.string(), z.int().min(0).transform(String)]).superRefine((value, ctx) => {
  if (!/^\d{1,20}$/.test(value)) report(ctx, [], 'NUMBER_TYPE_COERCE', `Value "${value}" is not snowflake.`);
});

/** A web address whose scheme is one of those given. */
export function url(schemes: readonly string[], max = 2048) {
  return text({ min: 1, max }).superRefine((value, ctx) => {
    const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(value)?.[1]?.toLowerCase();
    if (scheme === undefined || !isWellFormed(scheme, value)) {
      report(ctx, [], 'URL_TYPE_INVALID_URL', 'Not a well formed URL.');
    } else if (!schemes.includes(scheme)) {
      const names = schemes.map((name) => `'${name}'`).join(', ');
      report(
        ctx,
        [],
        'URL_TYPE_INVALID_SCHEME',
        `Scheme "${scheme}" is not supported. Scheme must be one of (${names}).`,
      );
    }
  });
}

function isWellFormed(scheme: string, value: string): boolean {
  if (scheme !== 'http' && scheme !== 'https') return true;
  // Discord does not take names without a dot, such as localhost.
  return URL.canParse(value) && /[.:]/.test(new URL(value).hostname);
}

/** Parses a body, or throws an Invalid Form Body answer that names every problem. */
export function parseForm<S extends z.ZodType>(schema: S, body: unknown, prefix: Path = []): z.output<S> {
  const result = schema.safeParse(body, { reportInput: true });
  if (result.success) return result.data;
  throw refuseForm(result.error.issues.flatMap((issue) => toProblems(issue, prefix)));
}

function toProblems(issue: z.core.$ZodIssue, prefix: Path): FormProblem[] {
  if (issue.code !== 'invalid_union') return [toProblem(issue, prefix)];
  // The branch that fits but for its limits says more than the others, which are of another type.
  const fitting = issue.errors.find(
    (errors) => errors.length > 0 && errors.every(({ code }) => code === 'custom'),
  );
  if (!fitting) return [toProblem(issue, prefix)];
  const path = [...prefix, ...issue.path.map((key) => (typeof key === 'number' ? key : String(key)))];
  return fitting.flatMap((inner) => toProblems(inner, path));
}

function toProblem(issue: z.core.$ZodIssue, prefix: Path): FormProblem {
  const path = [...prefix, ...issue.path.map((key) => (typeof key === 'number' ? key : String(key)))];
  const problem = (code: string, message: string, at: Path = path): FormProblem => ({
    path: at,
    code,
    message,
  });
  switch (issue.code) {
    case 'custom':
      return problem(String(issue.params?.code ?? 'BASE_TYPE_INVALID'), issue.message);
    case 'invalid_type':
      if (issue.input === undefined || issue.input === null) {
        return problem('BASE_TYPE_REQUIRED', 'This field is required');
      }
      return problem(...wrongType(issue.expected, issue.input));
    case 'too_big':
      return problem('NUMBER_TYPE_MAX', `int value should be less than or equal to ${issue.maximum}.`);
    case 'too_small':
      return problem('NUMBER_TYPE_MIN', `int value should be greater than or equal to ${issue.minimum}.`);
    case 'invalid_value':
      if (issue.input === undefined) return problem('BASE_TYPE_REQUIRED', 'This field is required');
      return problem('BASE_TYPE_CHOICES', `Value must be one of {${issue.values.map(String).join(', ')}}.`);
    case 'invalid_union':
      if (issue.discriminator !== undefined) {
        return problem('UNION_TYPE_CHOICES', 'Value of field "type" is not allowed here.');
      }
      return problem('BASE_TYPE_CHOICES', 'Value is of the wrong type.');
    default:
      return problem('BASE_TYPE_INVALID', issue.message);
  }
}

function wrongType(expected: string, input: unknown): [code: string, message: string] {
  switch (expected) {
    case 'string':
      return ['STRING_TYPE_CONVERT', `Could not interpret "${JSON.stringify(input)}" as string.`];
    case 'int':
    case 'number':
      return ['NUMBER_TYPE_COERCE', `Value "${String(input)}" is not int.`];
    case 'array':
      return ['LIST_TYPE_CONVERT', 'Only iterables may be used in a ListType'];
    case 'boolean':
      return ['BOOLEAN_TYPE_CONVERT', 'Must be either true or false.'];
    default:
      return ['MODEL_TYPE_CONVERT', 'Only dictionaries may be used in a ModelType'];
  }
}
