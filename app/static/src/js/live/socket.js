// The one connection to the server, made as the person whom the page was rendered for.
import { io } from "socket.io-client";
import { identity } from "../page.js";

// The server sends a pulse every ten seconds; who misses two is connected in name only.
const SILENT = 21_000;
const SILENT_AFTER_SLEEP = 11_000;

export const socket = io({
  autoConnect: false,
  transports: ["websocket", "polling"],
  tryAllTransports: true,
  reconnectionDelay: 800,
  reconnectionDelayMax: 4000,
});

let connectedAs = "";
let lastPulse = 0;

export function followIdentity() {
  const current = identity();
  if (current === connectedAs) return;
  connectedAs = current;
  socket.disconnect();
  if (current) socket.connect();
}

// Refused or dismissed by the server, socket.io does not come back by itself.
function comeBackLater() {
  setTimeout(() => connectedAs && !socket.active && socket.connect(), 1000 + Math.random() * 3000);
}

function mindSilence(limit) {
  if (!socket.connected || !lastPulse || Date.now() - lastPulse < limit) return;
  lastPulse = 0;
  socket.io.engine.close();
}

socket.on("connect", () => { lastPulse = 0; });
socket.on("pulse", () => { lastPulse = Date.now(); });
socket.on("connect_error", () => socket.active || comeBackLater());
socket.on("disconnect", (reason) => reason === "io server disconnect" && comeBackLater());

setInterval(() => mindSilence(SILENT), 5000);
addEventListener("online", () => mindSilence(SILENT_AFTER_SLEEP));
addEventListener("pageshow", () => mindSilence(SILENT_AFTER_SLEEP));
document.addEventListener("visibilitychange", () => document.hidden || mindSilence(SILENT_AFTER_SLEEP));
document.addEventListener("turbo:load", followIdentity);
document.addEventListener("turbo:render", followIdentity);
