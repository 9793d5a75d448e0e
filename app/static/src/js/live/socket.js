// The one connection to the server, made as the person whom the page was rendered for.
import { io } from "socket.io-client";
import { instant, since } from "./clock.js";
import { identity } from "../page.js";

// The server sends a pulse every ten seconds; who misses two is connected in name only.
const SILENT = 21_000;
const SILENT_AFTER_SLEEP = 11_000;

const REFUSED = 1000;
const DISMISSED = 500; // what the person may hear has changed: the page is to show that soon

export const socket = io({
  autoConnect: false,
  transports: ["websocket", "polling"],
  tryAllTransports: true,
  reconnectionDelay: 800,
  reconnectionDelayMax: 4000,
});

let connectedAs = "";
let lastPulse = null;

export function followIdentity() {
  const current = identity();
  if (current === connectedAs) return;
  connectedAs = current;
  socket.disconnect();
  if (current) socket.connect();
}

// Refused or dismissed by the server, socket.io does not come back by itself.
function comeBackIn(pause) {
  setTimeout(() => connectedAs && !socket.active && socket.connect(), pause * (1 + 3 * Math.random()));
}

function mindSilence(limit) {
  if (!socket.connected || !lastPulse || since(lastPulse) < limit) return;
  lastPulse = null;
  socket.io.engine.close();
}

socket.on("connect", () => { lastPulse = null; });
socket.on("pulse", () => { lastPulse = instant(); });
socket.on("connect_error", () => socket.active || comeBackIn(REFUSED));
socket.on("disconnect", (reason) => reason === "io server disconnect" && comeBackIn(DISMISSED));

setInterval(() => mindSilence(SILENT), 5000);
addEventListener("online", () => mindSilence(SILENT_AFTER_SLEEP));
addEventListener("pageshow", () => mindSilence(SILENT_AFTER_SLEEP));
document.addEventListener("visibilitychange", () => document.hidden || mindSilence(SILENT_AFTER_SLEEP));
document.addEventListener("turbo:load", followIdentity);
document.addEventListener("turbo:render", followIdentity);
