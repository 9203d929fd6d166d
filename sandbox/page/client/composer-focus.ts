/** Keeps the focus where typing goes on while the message box turns into something else. */
export interface FocusKeeper {
  /** Call it before every change of the elements. */
  remember(): void;
  /**
   * Call it after every change.
   *
   * @param place - whose box it is, and where: the focus does not follow into another one
   * @param key - the `data-focus` of the element that typing goes on in
   */
  follow(place: string, key: string): void;
}

/** @param root - where the elements are */
export function createFocusKeeper(root: () => ShadowRoot | null): FocusKeeper {
  let wasInside = false;
  let last = { place: '', key: '' };
  return {
    remember() {
      wasInside = root()?.activeElement != null;
    },
    follow(place, key) {
      const isMoving = wasInside && place === last.place && key !== last.key;
      last = { place, key };
      const target = root()?.querySelector<HTMLElement>(`[data-focus="${CSS.escape(key)}"]`);
      if (!isMoving || !target || root()?.activeElement === target) return;
      target.focus();
      if (isTextBox(target)) target.setSelectionRange(target.value.length, target.value.length);
    },
  };
}

function isTextBox(element: Element): element is HTMLInputElement | HTMLTextAreaElement {
  return element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement;
}
