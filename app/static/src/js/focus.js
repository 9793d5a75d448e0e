// Puts the focus where reading goes on: the new page's heading, or the first field that needs mending.
import { focusHeading } from "./live/stage.js";

let isFirst = true;
let hasErrors = false;

const isFree = () => !document.activeElement || document.activeElement === document.body;

document.addEventListener("turbo:load", () => {
  if (isFirst) {
    isFirst = false;
    return;
  }
  const title = document.querySelector("main h1, main .stage-title") ?? document.getElementById("main");
  if (isFree() && title && !document.querySelector("[autofocus]")) focusHeading(title);
});

document.addEventListener("turbo:submit-end", ({ detail: { success, fetchResponse } }) => {
  hasErrors = !success && fetchResponse?.statusCode === 422;
});

document.addEventListener("turbo:render", () => {
  if (!hasErrors) return;
  hasErrors = false;
  document.querySelector("[aria-invalid=true]")?.focus();
});
