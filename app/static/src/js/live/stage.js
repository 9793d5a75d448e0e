// What changes under a person takes nothing from them: the focus stays. When the step changes, its heading is said, and
// takes the focus if that was in the step.
import { announce } from "./notices.js";
import { holdingStill } from "./still.js";

const heading = () => document.querySelector(".stage .stage-title");

export function keepingPlace(draw) {
  const stage = document.querySelector(".stage");
  const before = heading()?.textContent.trim();
  const focused = document.activeElement;
  const wasInside = stage?.contains(focused);
  holdingStill(focused?.closest("form.composer"), draw);
  if (lostFocus() && focused?.id) document.getElementById(focused.id)?.focus({ preventScroll: true });
  const title = heading();
  if (!title || before === undefined) return;
  const after = title.textContent.trim();
  if (after && after !== before) arrive(title, after);
  if (wasInside && lostFocus()) focusHeading(title);
}

const lostFocus = () => !document.activeElement || document.activeElement === document.body;

function arrive(title, text) {
  announce(text);
  const { top } = title.getBoundingClientRect();
  if (top < 0) title.scrollIntoView({ block: "center" });
}

export function focusHeading(title) {
  title.tabIndex = -1;
  title.focus({ preventScroll: true });
}
