// What comes to be seen is spoken; while one looks elsewhere on the page it is said at its edge: <p id="…" data-tell>…</p>.
import { announce, showNotice } from "./notices.js";

const HEAD = 48; // px that a head which stays may cover
const told = new Map(); // id -> what it said

function look(say) {
  const present = [...document.querySelectorAll("[data-tell]")];
  for (const element of present) {
    const words = element.getClientRects().length ? wordsOf(element) : "";
    if (told.get(element.id) === words) continue;
    told.set(element.id, words);
    if (words) say(words, isInSight(element));
  }
  const ids = new Set(present.map(({ id }) => id));
  for (const id of told.keys()) if (!ids.has(id)) told.delete(id);
}

// What can be done about it stands with it.
function wordsOf(element) {
  const copy = element.cloneNode(true);
  for (const control of copy.querySelectorAll("a, button")) control.remove();
  return copy.textContent.trim();
}

function isInSight(element) {
  const { top, bottom } = element.getBoundingClientRect();
  return top >= HEAD && bottom <= window.innerHeight;
}

// On a page that has just come it has been so before.
function begin() {
  told.clear();
  look(() => {});
}

document.addEventListener("turbo:load", begin);
document.addEventListener("page:changed", () => look((words, isSeen) => (isSeen ? announce : showNotice)(words)));
begin();
