// The server's clock: the page's own may be hours off, and may be set right at any moment.
import { meta } from "../page.js";

const SAMPLES = 6;
let offsets = [];

// A message is always late, never early: the largest of the last offsets is nearest to the truth. The browser's
// monotonic clock may stand still while a machine sleeps; what comes afterwards has a larger offset, and is believed.
export function correct(serverNow) {
  if (!Number.isFinite(serverNow) || serverNow <= 0) return;
  offsets = [...offsets, serverNow - performance.now()].slice(-SAMPLES);
}

export function now() {
  return offsets.length ? performance.now() + Math.max(...offsets) : Date.now();
}

// What has passed since a moment that `instant` named, by whichever clock has noticed more.
export const instant = () => ({ wall: Date.now(), steady: performance.now() });
export const since = ({ wall, steady }) => Math.max(Date.now() - wall, performance.now() - steady);

correct(Number(meta("now")));
