// When the step changes under a person: say the new heading, and take the focus along if it was there.
import { announce } from "./notices.js";

const heading = () => document.querySelector(".stage .stage-title");

export function keepingPlace(draw) {
  const stage = document.querySelector(".stage");
  const before = heading()?.textContent.trim();
  const wasInside = stage?.contains(document.activeElement);
  draw();
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
