// <aspect-board>: concerns are moved between aspects with the pointer or the keyboard; a form sends each move.
import { catchUp } from "../live/catch_up.js";
import { announce } from "../live/notices.js";
import { beginCarrying } from "../live/rest.js";

const THRESHOLD = 6; // pixels until a press becomes a drag
const EDGE = 48; // near an edge the list scrolls along
const PICKED_FOR = 60_000;

class AspectBoard extends HTMLElement {
  #carried = null; // {card, from, target, timer, end, ghost?}
  #press = null;

  connectedCallback() {
    this.addEventListener("pointerdown", this.#pressed);
    this.addEventListener("keydown", this.#key);
    document.addEventListener("turbo:submit-end", this.#sent);
  }

  disconnectedCallback() {
    this.removeEventListener("pointerdown", this.#pressed);
    this.removeEventListener("keydown", this.#key);
    document.removeEventListener("turbo:submit-end", this.#sent);
    this.#letGo();
  }

  get #columns() {
    return [...this.querySelectorAll("[data-aspect-id]")];
  }

  // Carrying, whichever way

  #pickUp(card) {
    const from = card.closest("[data-aspect-id]");
    const timer = setTimeout(() => this.#cancel(), PICKED_FOR);
    this.#carried = { card, from, target: from, timer, end: beginCarrying() };
    card.classList.add("is-picked");
    this.#aim(from);
  }

  #aim(column) {
    for (const each of this.#columns) each.classList.toggle("is-target", each === column);
    if (this.#carried) this.#carried.target = column;
  }

  #drop() {
    const { card, from, target } = this.#carried;
    const hadFocus = card === document.activeElement;
    if (target && target !== from) {
      target.append(card);
      if (hadFocus) card.focus();
      this.#send(card, target);
      this.#say("dropped", target);
    } else {
      this.#say("cancelled", from);
    }
    this.#letGo();
  }

  #cancel() {
    if (!this.#carried) return;
    this.#say("cancelled", this.#carried.from);
    this.#letGo();
  }

  #letGo() {
    this.#press = null;
    removeEventListener("pointermove", this.#moved);
    removeEventListener("pointerup", this.#released);
    removeEventListener("pointercancel", this.#aborted);
    removeEventListener("keydown", this.#escaped, true);
    if (!this.#carried) return;
    const { card, ghost, timer, end } = this.#carried;
    this.#carried = null;
    clearTimeout(timer);
    card.classList.remove("is-picked");
    ghost?.remove();
    document.documentElement.classList.remove("is-dragging");
    this.#aim(null);
    end();
  }

  #send(card, column) {
    const form = document.getElementById("move-form");
    form.action = column.dataset.moveUrl;
    form.elements.concern.value = card.dataset.concernId;
    form.requestSubmit();
  }

  #sent = ({ detail: { formSubmission, success } }) => {
    // The card lies where the server doesn't have it: show the truth again.
    if (formSubmission.formElement.id === "move-form" && !success) catchUp();
  };

  #say(what, column) {
    announce(this.dataset[what]?.replace("%s", column?.dataset.title ?? ""));
  }

  // Pointer: mouse, pen, and touch by the card's grip

  #pressed = (event) => {
    const card = event.target.closest("[data-concern-id]");
    if (!card || event.button !== 0 || this.#carried) return;
    if (event.target.closest("a, button, select, input, textarea, summary, label")) return;
    if (event.pointerType !== "mouse" && !event.target.closest("[data-grip]")) return;
    this.#press = { card, x: event.clientX, y: event.clientY };
    addEventListener("pointermove", this.#moved);
    addEventListener("pointerup", this.#released);
    addEventListener("pointercancel", this.#aborted);
    addEventListener("keydown", this.#escaped, true);
  };

  #moved = (event) => {
    const { card, x, y } = this.#press;
    if (!this.#carried) {
      if (Math.hypot(event.clientX - x, event.clientY - y) < THRESHOLD) return;
      this.#pickUp(card);
      this.#makeGhost(card);
    }
    event.preventDefault();
    const { ghost } = this.#carried;
    ghost.style.translate = `${event.clientX - x}px ${event.clientY - y}px`;
    const below = document.elementFromPoint(event.clientX, event.clientY);
    this.#aim(below?.closest("[data-column]")?.querySelector("[data-aspect-id]") ?? below?.closest("[data-aspect-id]") ?? null);
    scrollAlong(below, event);
  };

  #makeGhost(card) {
    const { left, top, width } = card.getBoundingClientRect();
    const ghost = card.cloneNode(true);
    for (const element of [ghost, ...ghost.querySelectorAll("[id]")]) element.removeAttribute("id");
    ghost.className += " dragging-ghost";
    ghost.setAttribute("aria-hidden", "true");
    Object.assign(ghost.style, { left: `${left}px`, top: `${top}px`, width: `${width}px` });
    this.append(ghost);
    this.#carried.ghost = ghost;
    document.documentElement.classList.add("is-dragging");
    getSelection()?.removeAllRanges();
  }

  #released = () => (this.#carried ? this.#drop() : this.#letGo());
  #aborted = () => this.#letGo();
  #escaped = (event) => {
    if (event.key === "Escape" && this.#carried) this.#cancel();
  };

  // Keyboard: Space picks up, arrows choose the aspect, Space drops, Escape puts back

  #key = (event) => {
    if (!event.target.matches("[data-concern-id]")) return;
    if (event.key === " " || event.key === "Enter") this.#pickOrDrop(event);
    else if (this.#carried && event.key === "Escape") this.#cancel();
    else if (this.#carried && /^Arrow/.test(event.key)) this.#step(event);
    else if (this.#carried && event.key === "Tab") this.#cancel();
  };

  #pickOrDrop(event) {
    event.preventDefault();
    if (this.#carried) return this.#drop();
    this.#pickUp(event.target);
    this.#say("picked", this.#carried.from);
  }

  #step(event) {
    event.preventDefault();
    const columns = this.#columns;
    const by = ["ArrowRight", "ArrowDown"].includes(event.key) ? 1 : -1;
    const next = columns[(columns.indexOf(this.#carried.target) + by + columns.length) % columns.length];
    this.#aim(next);
    next.scrollIntoView({ block: "nearest", inline: "nearest" });
    this.#say("over", next);
  }
}

function scrollAlong(below, { clientX, clientY }) {
  for (let box = below; box; box = box.parentElement) {
    const isPage = box === document.documentElement;
    const canScroll = box.scrollHeight > box.clientHeight + 1 || box.scrollWidth > box.clientWidth + 1;
    if (!canScroll || (!isPage && !/auto|scroll/.test(getComputedStyle(box).overflow))) continue;
    const { left, right, top, bottom } = isPage
      ? { left: 0, top: 0, right: innerWidth, bottom: innerHeight } : box.getBoundingClientRect();
    const across = clientX > right - EDGE ? 14 : clientX < left + EDGE ? -14 : 0;
    const down = clientY > bottom - EDGE ? 14 : clientY < top + EDGE ? -14 : 0;
    if (across || down) return box.scrollBy(across, down);
  }
}

customElements.define("aspect-board", AspectBoard);
