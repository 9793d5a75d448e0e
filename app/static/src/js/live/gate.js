// The one gate through which every stream passes: whatever is older than the page stays outside.
import { Turbo } from "./turbo.js";
import { drawSoon } from "./drawing.js";
import { whileComing } from "./guard.js";
import { hold, isHeld, release } from "./quiet.js";

const INSERTING = ["append", "prepend", "before", "after"];

// id -> version at which it was removed; a late insertion must not bring it back.
const removed = new Map();

export const versionOf = (element) => (element?.dataset.version ? Number(element.dataset.version) : null);

// Renders the streams of one message from the socket.
export function render(html, position) {
  const message = document.createElement("template");
  message.innerHTML = html;
  for (const stream of message.content.querySelectorAll("turbo-stream")) {
    stream.dataset.origin = "socket";
    if (stream.getAttribute("action") === "remove") stream.dataset.version ??= position;
  }
  document.documentElement.append(message.content);
}

// Takes out of new content what has been removed in the meantime.
export function stripRemoved(content) {
  for (const element of content.querySelectorAll("[id][data-version]")) {
    if (removed.get(element.id) > versionOf(element)) element.remove();
  }
}

export function forgetRemoved() {
  removed.clear();
}

document.addEventListener("turbo:before-stream-render", (event) => {
  event.preventDefault(); // Turbo would draw each by itself
  drawSoon(() => pass(event.target, event.detail.render));
});

function pass(stream, draw) {
  if (!stream.target && !stream.targets) return draw(stream);
  if (stream.action === "append" && isNewestFirst(stream)) stream.setAttribute("action", "prepend");
  const content = stream.templateElement.content;
  if (stream.action === "remove") return remove(stream);
  const wasEmpty = !content.firstElementChild;
  stripRemoved(content);
  if (INSERTING.includes(stream.action)) insertOnlyNew(stream, content);
  if (stream.action === "replace" && stream.targetElements.some((target) => isOlder(content.firstElementChild, target))) return;
  if (stream.action === "update" && !freshUpdate(stream)) return;
  if (!wasEmpty && !content.firstElementChild) return;
  const version = versionOf(content.firstElementChild) ?? versionOf(stream);
  return whileComing(origin(stream), newness(stream.targetElements[0], version), () => draw(stream));
}

// Versions of two channels can't be compared: this one speaks for its own only.
function newness(target, version) {
  const home = target?.closest("[data-channel]");
  return (element) => (element.closest("[data-channel]") === home ? version : null);
}

// The reader has chosen to see the newest at the top, where all others have it at the end.
const isNewestFirst = (stream) => stream.targetElements[0]?.hasAttribute("data-newest-first");

const origin = (stream) => stream.dataset.origin ?? "answer";

function isOlder(coming, present) {
  const [next, known] = [versionOf(coming), versionOf(present)];
  return next !== null && known !== null && next < known;
}

function remove(stream) {
  const version = versionOf(stream);
  for (const target of stream.targetElements) {
    const known = versionOf(target);
    if (version !== null && known > version) return;
    if (target.id) removed.set(target.id, version ?? (known ?? 0) + 0.5);
    target.remove();
  }
  if (stream.target && version !== null) removed.set(stream.target, version);
}

function freshUpdate(stream) {
  const version = versionOf(stream);
  if (version === null) return true;
  const targets = stream.targetElements.filter((target) => !(versionOf(target) > version));
  for (const target of targets) target.dataset.version = version;
  return targets.length > 0;
}

// What is already on the page is morphed where it stands; only what is new is inserted.
function insertOnlyNew(stream, content) {
  for (const coming of [...content.children]) {
    const present = coming.id && document.getElementById(coming.id);
    if (present) {
      coming.remove();
      meet(stream, coming, present);
    } else if (origin(stream) === "socket") {
      for (const target of stream.targetElements) hold(target, coming);
    }
  }
}

function meet(stream, coming, present) {
  if (origin(stream) === "answer" && isHeld(present)) release(present);
  if (isOlder(coming, present)) return;
  whileComing(origin(stream), newness(present, versionOf(coming)), () => Turbo.morphElements(present, coming));
  moveTo(stream, present);
}

// A card that was put into another list moves there, and keeps its focus.
function moveTo(stream, present) {
  const [target] = stream.targetElements;
  if (!target || !["append", "prepend"].includes(stream.action) || target === present.parentElement) return;
  if (target.contains(present) || present.contains(target)) return;
  const focused = present.contains(document.activeElement) ? document.activeElement : null;
  target[stream.action](present);
  focused?.focus({ preventScroll: true });
}
