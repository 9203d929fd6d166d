/** One thing that was found in a request before it is paid for, in words for the person who typed it. */
export interface Finding {
  /** The option as the person sees it: `lyrics`, `tags`, `prompt` … */
  readonly field: string;
  /**
   * - `refusal`: MusicAPI would refuse it, or it surely wastes the credits: the request is not sent;
   * - `warning`: it may well be meant; whether to send it anyway is the person's choice.
   */
  readonly severity: 'refusal' | 'warning';
  /** What is wrong and how to put it right, in one or two sentences of at most 300 characters. */
  readonly message: string;
}
