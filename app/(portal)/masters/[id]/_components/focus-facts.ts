/** Puts the focus on the first fact of a form that is missing, or on the first one. */
export function focusFacts(form: HTMLFormElement | null): void {
  const missing = form?.querySelector<HTMLElement>('[aria-invalid="true"]');
  (missing ?? form?.querySelector<HTMLElement>('[role="combobox"]'))?.focus();
}
