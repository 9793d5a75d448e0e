// Where other moderators work just now: their pages say so, and it is forgotten when they stop saying it.
const LASTS = 9000;
const PAUSE = 1000;
const SAY_AGAIN = 4000;
const AWAY_AFTER = 30_000;
const PLACES = ".board-card, .board-column[id^=board-aspect]";

export class Company {
  #board;
  #others = new Map(); // who -> {name, place, timer}
  #said = "";
  #saidAt = -SAY_AGAIN;
  #activeAt = 0;
  #timer = null;

  constructor(board) {
    this.#board = board;
  }

  connect() {
    document.addEventListener("whisper:heard", this.#heard);
    for (const kind of ["focusin", "focusout", "pointerdown", "keydown"]) this.#board.addEventListener(kind, this.#moved);
    document.addEventListener("page:changed", this.#draw);
    this.#timer = setInterval(this.#say, PAUSE);
  }

  disconnect() {
    document.removeEventListener("whisper:heard", this.#heard);
    document.removeEventListener("page:changed", this.#draw);
    clearInterval(this.#timer);
    for (const { timer } of this.#others.values()) clearTimeout(timer);
  }

  // What I do

  #moved = () => { this.#activeAt = performance.now(); };

  get #place() {
    const isAway = performance.now() - this.#activeAt > AWAY_AFTER;
    const at = this.#board.querySelector(".is-picked") ?? document.activeElement?.closest?.(PLACES);
    return !isAway && at && this.#board.contains(at) ? at.id : "";
  }

  #say = () => {
    const place = this.#place;
    const since = performance.now() - this.#saidAt;
    if (place === this.#said && (!place || since < SAY_AGAIN)) return;
    [this.#said, this.#saidAt] = [place, performance.now()];
    document.dispatchEvent(new CustomEvent("whisper:said", { detail: { channel: this.#board.dataset.company, place } }));
  };

  // What others do

  #heard = ({ detail: { channel, who, name, place } }) => {
    if (channel !== this.#board.dataset.company || document.querySelector(`[data-me="${CSS.escape(who)}"]`)) return;
    clearTimeout(this.#others.get(who)?.timer);
    if (place) this.#others.set(who, { name, place, timer: setTimeout(() => this.#left(who), LASTS) });
    else this.#others.delete(who);
    this.#draw();
  };

  #left(who) {
    this.#others.delete(who);
    this.#draw();
  }

  #draw = () => {
    const wanted = new Map();
    for (const { name, place } of this.#others.values()) wanted.set(place, [...(wanted.get(place) ?? []), name]);
    for (const sign of this.#board.querySelectorAll(".company")) {
      if (!wanted.has(sign.dataset.at)) sign.remove();
    }
    for (const [place, names] of wanted) this.#sign(place, names.join(", "));
  };

  #sign(id, names) {
    const place = document.getElementById(id);
    if (!place) return;
    let sign = place.querySelector(`.company[data-at="${CSS.escape(id)}"]`);
    if (!sign) {
      sign = document.createElement("p");
      sign.className = "company";
      Object.assign(sign.dataset, { kept: "", at: id });
      place.prepend(sign);
    }
    const text = this.#board.dataset.here.replace("%s", () => names);
    if (sign.textContent !== text) sign.textContent = text;
  }
}
