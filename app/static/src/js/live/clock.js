// The server's clock: the page's own may be minutes off.
const SAMPLES = 6;
let offsets = [];

// A message is always late, never early: the largest of the last offsets is nearest to the truth.
export function correct(serverNow) {
  if (!Number.isFinite(serverNow)) return;
  offsets = [...offsets, serverNow - Date.now()].slice(-SAMPLES);
}

export function now() {
  return Date.now() + (offsets.length ? Math.max(...offsets) : 0);
}
