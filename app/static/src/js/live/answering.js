// Whoever is writing an answer sees at once, right above it, what others have answered meanwhile.
import { announce } from "./notices.js";

const field = () => document.querySelector(".forum-thread form.composer textarea[name=text]");
const isLatest = (list) => list.id?.startsWith("latest-");

export const isAnswering = (list) => Boolean(isLatest(list) && field()?.value.trim());

// Instead of being held back, it is marked as new since the writing began.
export function markSince(item) {
  item.setAttribute("data-since", "");
}

function showSince() {
  for (const list of document.querySelectorAll("ol.posts")) {
    const items = list.querySelectorAll(":scope > [data-since]");
    let line = list.querySelector(":scope > .since-line");
    if (!items.length) {
      line?.remove();
      continue;
    }
    line ??= placeLine(items[0]);
    const text = ((items.length === 1 ? list.dataset.sinceOne : list.dataset.sinceMany) ?? "").replace("%d", items.length);
    if (line.textContent === text) continue;
    line.textContent = text;
    announce(text);
  }
}

function placeLine(before) {
  const line = document.createElement("li");
  line.className = "since-line";
  line.dataset.kept = "";
  before.before(line);
  return line;
}

function forget(event) {
  if (event.target !== field()?.form) return;
  document.querySelectorAll("[data-since]").forEach((item) => item.removeAttribute("data-since"));
  showSince();
}

document.addEventListener("page:changed", showSince);
document.addEventListener("reset", forget);
