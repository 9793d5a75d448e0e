// Draws together what has come since the last frame: the measuring and marking around it costs more than the drawing.
// One by one, a hall that writes would keep a weak phone so busy that nobody could type on it.
import { showHeld } from "./quiet.js";
import { atRest } from "./rest.js";
import { keepingPlace } from "./stage.js";

const LATEST = 250; // milliseconds: a window that is covered gets no frames, and yet should be true

let waiting = [];

export function drawSoon(draw) {
  waiting.push(draw);
  if (waiting.length === 1) nextFrame().then(atRest).then(drawAll);
}

const nextFrame = () => new Promise((resolve) => {
  requestAnimationFrame(resolve);
  setTimeout(resolve, document.hidden ? 0 : LATEST);
});

function drawAll() {
  const draws = waiting;
  waiting = [];
  keepingPlace(() => {
    draws.forEach(attempt);
    showHeld();
    document.dispatchEvent(new CustomEvent("page:changed"));
  });
}

// One that fails does not take the others along.
async function attempt(draw) {
  try {
    await draw();
  } catch (error) {
    console.error(error);
  }
}
