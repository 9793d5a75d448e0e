// A short tone before the time is up. It is made here, needs no file, and can be switched off (<sound-switch>).
// Browsers let a page be heard once somebody has touched it; until then nothing sounds.
const SWITCH = "sound-off";
const PITCH = 660; // Hz
const LASTS = 0.18; // seconds
const BETWEEN = 0.3;
const LOUDNESS = 0.15;
const TONES = { 300: 1, 60: 2, 10: 3, 0: 1 };

let context = null;

export const isSilent = () => localStorage.getItem(SWITCH) === "yes";

export function setSilent(silent) {
  localStorage.setItem(SWITCH, silent ? "yes" : "no");
}

export function beep(mark) {
  if (isSilent() || context?.state !== "running") return;
  for (let count = 0; count < (TONES[mark] ?? 1); count += 1) tone(context.currentTime + count * BETWEEN);
}

// It swells and fades, so that it does not click.
function tone(at) {
  const [oscillator, gain] = [context.createOscillator(), context.createGain()];
  oscillator.frequency.value = PITCH;
  gain.gain.setValueAtTime(0, at);
  gain.gain.linearRampToValueAtTime(LOUDNESS, at + LASTS / 4);
  gain.gain.linearRampToValueAtTime(0, at + LASTS);
  oscillator.connect(gain).connect(context.destination);
  oscillator.start(at);
  oscillator.stop(at + LASTS);
}

function unlock() {
  if (isSilent() || !document.querySelector("count-down[data-sound]")) return;
  context ??= new AudioContext();
  if (context.state === "suspended") context.resume();
}

document.addEventListener("pointerup", unlock);
document.addEventListener("keydown", unlock);
