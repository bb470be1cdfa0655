/** What lies over the page and is gone when it closes: no place to return to. */
const LAYERS = '[role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"], [data-sonner-toaster]';
const OPEN_DIALOG = '[role="dialog"], [role="alertdialog"]';
const CONTROLS = 'a[href], button, input, select, textarea, summary, [tabindex]';

/** The control of the page itself that was used last. */
let lastPlace: HTMLElement | null = null;

const remember = ({ target }: Event) => {
  const control = target instanceof Element ? target.closest<HTMLElement>(CONTROLS) : null;
  if (control && !control.closest(LAYERS)) lastPlace = control;
};
if (typeof document !== 'undefined') {
  document.addEventListener('focusin', remember, { passive: true });
  // Safari does not focus what is clicked.
  document.addEventListener('pointerdown', remember, { passive: true, capture: true });
}

/**
 * For Radix' `onCloseAutoFocus`: back to what opened the dialog, also when that was an item of a menu which is closed by
 * now; to the page's content when it is gone, a deleted row for instance.
 */
export function returnFocus(event: Event): void {
  // A dialog below this one keeps the focus to itself.
  if (document.querySelector(OPEN_DIALOG)) return;
  event.preventDefault();
  if (lastPlace?.isConnected) lastPlace.focus({ preventScroll: true });
  if (lastPlace?.isConnected && document.activeElement === lastPlace) return;
  document.getElementById('content')?.focus({ preventScroll: true });
}
