// What is worth nothing in a moment, for the parts of the page that have no connection of their own: as events.
import { socket } from "./socket.js";

socket.on("working", (detail) => document.dispatchEvent(new CustomEvent("whisper:heard", { detail })));
document.addEventListener("whisper:said", ({ detail }) => socket.connected && socket.emit("working", detail));
