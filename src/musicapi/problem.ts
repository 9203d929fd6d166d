/** One thing that stands in the way of a request, in words for the person who typed it. */
export interface Problem {
  /** The option as the person sees it: `prompt`, `style-weight` … */
  readonly field: string;
  readonly message: string;
}
