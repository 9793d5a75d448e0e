// What the server has not got yet of shared notes stays in this browser, through a reload too: each page keeps its own.
// The names are those of <kept-text>, which forgets what is a week old.
import { now } from "../../live/clock.js";
import { person } from "../../page.js";
import { toBytes, toText } from "./packets.js";

const places = (room, epoch) => `kept:${person()}:notes-${room}-${epoch}-`;

// The updates that pages of this browser have kept for these notes, by their places.
export function keptBefore(room, epoch) {
  try {
    const names = Object.keys(localStorage).filter((name) => name.startsWith(places(room, epoch)));
    return new Map(names.sort().map((name) => [name, read(name)]));
  } catch {
    return new Map();
  }
}

// Storage can be full or forbidden; typing must go on all the same.
function read(name) {
  try {
    return JSON.parse(localStorage.getItem(name)).updates.map(toBytes);
  } catch {
    return [];
  }
}

export const placeOf = (room, epoch, client) => `${places(room, epoch)}${client}`;

export function keep(place, updates) {
  try {
    if (updates.length) localStorage.setItem(place, JSON.stringify({ at: now(), updates: updates.map(toText) }));
    else localStorage.removeItem(place);
  } catch { /* kept in the page only */ }
}
