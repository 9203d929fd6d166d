/** What the tests ask of elements; they run in Node, which knows nothing of a browser's types. */

/** An audio element. */
export interface Player {
  readonly src: string;
  readonly duration: number;
  readonly seeking: boolean;
  currentTime: number;
}

interface AnyElement {
  matches(selector: string): boolean;
  readonly scrollWidth: number;
  readonly clientWidth: number;
  readonly ownerDocument: {
    readonly defaultView: { getComputedStyle(element: AnyElement): { readonly backgroundColor: string } };
  };
}

/** Whether typing goes here. */
export function isFocused(element: AnyElement): boolean {
  return element.matches(':focus');
}

/** Whether typing goes here, or to something in it. */
export function hasFocus(element: AnyElement): boolean {
  return element.matches(':focus, :focus-within');
}

/** How far something can be scrolled sideways, in pixels. */
export function sidewaysOf({ scrollWidth, clientWidth }: AnyElement): number {
  return scrollWidth - clientWidth;
}

/** Its ground, as `rgb(…)`. */
export function groundOf(element: AnyElement): string {
  return element.ownerDocument.defaultView.getComputedStyle(element).backgroundColor;
}
