// Keeps the page joined to the channels that it names, and notices whenever it has missed something.
import { spread } from "./again.js";
import { catchUp } from "./catch_up.js";
import { correct } from "./clock.js";
import { render } from "./gate.js";
import { socket } from "./socket.js";

const ANSWER_WITHIN = 5000;
const ASK_AGAIN = 2000;
const UNDERWAY = 1000;
const ASK_AGAIN_REFUSED = 30_000;

// name -> {revision: last message seen here (null until the server has acknowledged), position: newest known}
const joined = new Map();

function elementsOf(name) {
  return [...document.querySelectorAll("[data-channel]")].filter((element) => element.dataset.channel === name);
}

function positionOnPage(name) {
  return Math.max(0, ...elementsOf(name).map((element) => Number(element.dataset.position) || 0));
}

function reconcile({ soon = true } = {}) {
  const wanted = new Set([...document.querySelectorAll("[data-channel]")].map((element) => element.dataset.channel));
  wanted.delete("");
  for (const name of joined.keys()) if (!wanted.has(name)) leave(name);
  if (!socket.connected) return;
  for (const name of wanted) {
    const channel = joined.get(name);
    const position = positionOnPage(name);
    if (!channel) join(name, soon);
    else if (position < channel.position) catchUp(name, channel.position, { soon });
    else channel.position = position;
  }
}

function join(name, soon) {
  const channel = { revision: null, position: positionOnPage(name) };
  joined.set(name, channel);
  socket.timeout(ANSWER_WITHIN).emit("subscribe", { channel: name }, (failure, answer) => {
    if (joined.get(name) !== channel) return;
    if (failure || !answer?.ok) {
      const isLater = answer?.retry_after > 0;
      if (!failure && !isLater) catchUp("", 0, { soon: true });
      const pause = isLater ? 1000 * answer.retry_after : failure ? ASK_AGAIN : ASK_AGAIN_REFUSED;
      setTimeout(() => joined.get(name) === channel && join(name, false), spread(pause));
      return;
    }
    correct(answer.now);
    channel.revision = Math.max(channel.revision ?? 0, answer.revision);
    expect(name, answer.position, soon);
  });
}

function leave(name) {
  joined.delete(name);
  if (socket.connected) socket.emit("unsubscribe", { channel: name });
}

// The server has got as far as this position: if the page hasn't, fetch it.
function expect(name, position, soon) {
  const channel = joined.get(name);
  if (!(position > channel.position)) return;
  channel.position = position;
  catchUp(name, position, { soon });
}

function change({ channel: name, revision, position, html }) {
  const channel = joined.get(name);
  if (!channel) return;
  const missed = channel.revision !== null && revision !== channel.revision + 1;
  channel.revision = revision;
  channel.position = Math.max(channel.position, position);
  render(html, position);
  for (const element of elementsOf(name)) {
    element.dataset.position = Math.max(Number(element.dataset.position) || 0, position);
  }
  if (missed) catchUp(name, position);
}

function pulse({ now, channels }) {
  correct(now);
  // The message that makes the difference may just be on its way.
  setTimeout(() => {
    for (const [name, { revision, position }] of Object.entries(channels ?? {})) compare(name, revision, position);
  }, UNDERWAY);
}

function compare(name, revision, position) {
  const channel = joined.get(name);
  if (!channel || channel.revision === null) return;
  if (revision <= channel.revision && position <= channel.position) return;
  channel.revision = Math.max(channel.revision, revision);
  channel.position = Math.max(channel.position, position);
  catchUp(name, position);
}

let wasConnected = false;

socket.on("connect", () => {
  joined.clear();
  reconcile({ soon: !wasConnected });
  wasConnected = true;
});
socket.on("change", change);
socket.on("pulse", pulse);
socket.on("resync", ({ channel }) => catchUp(channel));
document.addEventListener("turbo:load", () => reconcile());
document.addEventListener("turbo:render", () => reconcile());
document.addEventListener("page:changed", () => reconcile());
