// The yardstick in Node: socket.io with ws, without compression.
import { createServer } from "node:http";
import { createInterface } from "node:readline";
import { Server } from "socket.io";

const CHANNEL = "event:BENCH";
const http = createServer();
const io = new Server(http, { perMessageDeflate: false, pingInterval: 15000, pingTimeout: 20000 });
let revision = 0;

io.on("connection", (socket) => {
  socket.on("subscribe", (_message, answer) => {
    socket.join(CHANNEL);
    answer({ ok: true, revision: -1 });
  });
});

function emit(size) {
  const message = { channel: CHANNEL, revision: ++revision, position: 0, html: `t=${Date.now()};` };
  const bare = JSON.stringify(["change", message]).length + 2;
  message.html += "x".repeat(Math.max(0, size - bare));
  io.to(CHANNEL).emit("change", message);
}

function send(rate, times, size) {
  const begun = performance.now();
  let sent = 0;
  const next = () => {
    if (sent === times) return console.log('"done"');
    emit(size);
    sent += 1;
    setTimeout(next, Math.max(0, begun + (sent * 1000) / rate - performance.now()));
  };
  next();
}

createInterface({ input: process.stdin })
  .on("line", (line) => send(...line.split(" ").slice(1).map(Number)))
  .on("close", () => process.exit());
http.listen(Number(process.env.PORT), "127.0.0.1");
