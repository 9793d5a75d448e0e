// What goes through the page's connection, which stands in live/packets.js.
const tell = (name, detail) => document.dispatchEvent(new CustomEvent(name, { detail }));

// The server's answer, or null if there was none.
export const ask = (name, message) => new Promise((answer) => { tell("packet:asked", { name, message, answer }); });

export const say = (name, message) => tell("packet:said", { name, message });

export function toText(bytes) {
  let binary = "";
  for (let at = 0; at < bytes.length; at += 4096) binary += String.fromCharCode(...bytes.subarray(at, at + 4096));
  return btoa(binary);
}

export const toBytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
