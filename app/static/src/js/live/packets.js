// The connection, for the parts of the page that have none of their own (shared notes): as events.
//   packet:asked {name, message, answer(reply)}   reply is null if there was none
//   packet:said {name, message}   packet:heard {name, message}   packet:connected   packet:gone
import { socket } from "./socket.js";

const ANSWER_WITHIN = 8000;
const HEARD = ["change", "pulse", "resync", "points_in_notes"];

const tell = (name, detail) => document.dispatchEvent(new CustomEvent(name, { detail }));

for (const name of HEARD) socket.on(name, (message) => tell("packet:heard", { name, message }));
socket.on("connect", () => tell("packet:connected"));
socket.on("disconnect", () => tell("packet:gone"));

document.addEventListener("packet:asked", ({ detail: { name, message, answer } }) => {
  if (!socket.connected) return answer(null);
  socket.timeout(ANSWER_WITHIN).emit(name, message, (failure, reply) => answer(failure ? null : reply));
});
document.addEventListener("packet:said", ({ detail: { name, message } }) => {
  if (socket.connected) socket.volatile.emit(name, message);
});
