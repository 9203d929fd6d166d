import type { FieldInput, FieldView, ModalView } from '../protocol.ts';

/** What stands in a field now. */
export type FieldDraft = string | boolean | readonly string[] | readonly File[];

/** What stands in the fields of a modal, by custom id. */
export type ModalDraft = ReadonlyMap<string, FieldDraft>;

/** The fields of a modal, from top to bottom. */
function listFields(modal: ModalView): readonly FieldView[] {
  return modal.rows.flatMap((row) => ('field' in row ? [row.field] : []));
}

/** What a modal opens with. */
export function createDraft(modal: ModalView): ModalDraft {
  return new Map(listFields(modal).map(({ customId, value }) => [customId, value]));
}

/** Whether somebody has filled in something, so that it would be a pity to lose it. */
export function hasChanged(modal: ModalView, draft: ModalDraft): boolean {
  const shapeOf = (one: ModalDraft) =>
    JSON.stringify([...one], (_key, value) => (value instanceof File ? [value.name, value.size] : value));
  return shapeOf(draft) !== shapeOf(createDraft(modal));
}

/** Length as Discord counts it: code points. */
export function lengthOf(text: string): number {
  return [...text].length;
}

/** What is wrong with a field, in a sentence for whoever fills it in; undefined when it can be sent. */
export function findProblem(field: FieldView, value: FieldDraft): string | undefined {
  const { required, min, max } = field;
  if (typeof value === 'boolean') return undefined;
  const isText = typeof value === 'string' && (field.kind === 'text' || field.kind === 'paragraph');
  const length = isText ? lengthOf(value) : value.length;
  if (length === 0) return required ? 'This is required.' : undefined;
  const unit = isText
    ? ['character', 'characters']
    : field.kind === 'files'
      ? ['file', 'files']
      : ['choice', 'choices'];
  const count = (limit: number) => `${limit} ${limit === 1 ? unit[0] : unit[1]}`;
  if (length < min) return `This takes at least ${count(min)}; there ${be(length)}.`;
  if (length > max) return `This takes at most ${count(max)}; there ${be(length)}.`;
  return undefined;
}

/** All that is wrong, by custom id. */
export function findProblems(modal: ModalView, draft: ModalDraft): ReadonlyMap<string, string> {
  return new Map(
    listFields(modal).flatMap((field) => {
      const problem = findProblem(field, draft.get(field.customId) ?? field.value);
      return problem ? [[field.customId, problem] as const] : [];
    }),
  );
}

/** The draft as a request carries it. @param read - turns a file into its bytes */
export async function toInputs(
  draft: ModalDraft,
  read: (file: File) => Promise<{ readonly name: string; readonly base64: string }>,
): Promise<Readonly<Record<string, FieldInput>>> {
  const entries = [...draft].map(async ([customId, value]): Promise<[string, FieldInput]> => {
    if (!Array.isArray(value)) return [customId, value as Exclude<FieldDraft, readonly File[]>];
    return isFiles(value) ? [customId, await Promise.all(value.map(read))] : [customId, value];
  });
  return Object.fromEntries(await Promise.all(entries));
}

function isFiles(value: readonly (string | File)[]): value is readonly File[] {
  return value.length > 0 && value.every((one) => typeof one !== 'string');
}

function be(count: number): string {
  return count === 1 ? 'is 1' : `are ${count}`;
}
