// Says calmly when the server is away, and tells the forms that wait when it is back.
const PATIENCE = 2000;
const FIRST_PATIENCE = 5000;
let socket = null; // there is one where somebody is known
let isGone = false;
let timer = null;

export const isAway = () => isGone;

export function away() {
  clearTimeout(timer);
  isGone = true;
  show();
  // A single failed request while the socket stands says little.
  if (socket?.connected) timer = setTimeout(back, PATIENCE * 2);
}

export function back() {
  clearTimeout(timer);
  isGone = false;
  show();
  document.dispatchEvent(new CustomEvent("connection:back"));
}

function awaySoon(patience) {
  clearTimeout(timer);
  timer = setTimeout(() => socket.active && !socket.connected && away(), patience);
}

function show() {
  for (const notice of document.querySelectorAll("[data-connection-notice]")) notice.hidden = !isGone;
}

export function watch(ours) {
  socket = ours;
  socket.on("connect", back);
  socket.on("disconnect", (reason) => reason === "io client disconnect" || awaySoon(PATIENCE));
  mindFirst();
}

function mindFirst() {
  show();
  if (socket?.active && !socket.connected && !isGone) awaySoon(FIRST_PATIENCE);
}

document.addEventListener("turbo:load", mindFirst);
document.addEventListener("turbo:render", show);
addEventListener("online", () => socket?.active || back());
