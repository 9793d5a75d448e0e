// The JavaScript client: enters rooms, and prints all that it hears up to the end.

import { io } from "socket.io-client";

const [url, name, transports, ...rooms] = process.argv.slice(2);
const socket = io(url, { auth: { name }, transports: transports.split(","), reconnection: false });
const heard = [];

function plain(data) {
  if (data instanceof Uint8Array) return `bytes ${Buffer.from(data).toString()}`;
  if (Array.isArray(data)) return data.map(plain);
  if (data && typeof data === "object") {
    return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, plain(value)]));
  }
  return data;
}

socket.on("connect", () => socket.emit("enter", ...rooms, () => console.log("entered")));
socket.onAny((event, ...data) => {
  heard.push([event, ...plain(data)]);
  if (event === "end") {
    process.stdout.write(JSON.stringify(heard), () => process.exit());
  }
});
socket.on("disconnect", (reason) => {
  console.error(reason);
  process.exit(1);
});
