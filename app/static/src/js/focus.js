// Puts the focus where reading goes on: the place a link meant, the new page's heading, or what needs mending.
import { focusHeading } from "./live/stage.js";
import { Turbo } from "./live/turbo.js";

let isFirst = true;
let hasErrors = false;

const isFree = () => !document.activeElement || document.activeElement === document.body;

document.addEventListener("turbo:load", () => {
  if (isFirst) {
    isFirst = false;
    goToGoal(); // where the redirect led to a page with other scripts, which is loaded as a whole
    return;
  }
  if (goToGoal()) return;
  const title = document.querySelector("main h1, main .stage-title") ?? document.getElementById("main");
  if (isFree() && title && !document.querySelector("[autofocus]")) focusHeading(title);
});

// The server led here by a redirect to "#post-5", which fetching has lost: it named it once more.
function goToGoal() {
  const url = new URL(location.href);
  const goal = url.searchParams.get("goal");
  if (!goal) return false;
  url.searchParams.delete("goal");
  url.hash = goal;
  Turbo.navigator.history.replace(url, Turbo.navigator.history.restorationIdentifier);
  const place = document.getElementById(goal);
  if (!place) return false;
  focusHeading(place);
  place.classList.add("is-goal");
  place.scrollIntoView();
  return true;
}

document.addEventListener("turbo:submit-end", ({ detail: { success, fetchResponse } }) => {
  hasErrors = !success && fetchResponse?.statusCode === 422;
});

document.addEventListener("turbo:render", () => {
  if (!hasErrors) return;
  hasErrors = false;
  document.querySelector("[aria-invalid=true]")?.focus();
});
