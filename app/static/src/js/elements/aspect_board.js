// <aspect-board>: concerns, and whole aspects, are moved with the pointer or the keyboard; a form sends each move.
import { catchUp } from "../live/catch_up.js";
import { announce } from "../live/notices.js";
import { beginCarrying } from "../live/rest.js";
import { Company } from "./board/company.js";
import { Search } from "./board/search.js";
import "./board/conflict.js";

const THRESHOLD = 6; // pixels until a press becomes a drag
const EDGE = 48; // near an edge the list scrolls along
const PICKED_FOR = 60_000;

class AspectBoard extends HTMLElement {
  #carried = null; // {card (a concern's, or a whole aspect), from, target, timer, end, ghost?}
  #press = null;
  #company = new Company(this);
  #search = new Search(this);

  connectedCallback() {
    this.#company.connect();
    this.#search.connect();
    document.addEventListener("formdata", this.#sending);
    this.addEventListener("pointerdown", this.#pressed);
    this.addEventListener("keydown", this.#key);
    document.addEventListener("turbo:submit-end", this.#sent);
  }

  disconnectedCallback() {
    this.#company.disconnect();
    this.#search.disconnect();
    document.removeEventListener("formdata", this.#sending);
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
    const from = isAspect(card) ? card.querySelector("[data-aspect-id]") : card.closest("[data-aspect-id]");
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
    if (target && target !== from && (!isAspect(card) || target.dataset.mergeUrl)) {
      this.#send(card, from, target);
      if (hadFocus) card.focus();
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

  #send(card, from, target) {
    const marked = card.querySelector(".mark input:checked") ? this.querySelectorAll(".board-card .mark input:checked") : [];
    if (isAspect(card)) return submit("merge-form", from.dataset.mergeUrl, "into", target.dataset.aspectId);
    if (marked.length < 2) {
      target.append(card);
      return submit("move-form", target.dataset.moveUrl, "concern", `${card.dataset.concernId}:${from.dataset.aspectId}`);
    }
    for (const box of marked) target.append(box.closest(".board-card"));
    submit("sort", target.dataset.moveUrl);
  }

  // A title that somebody has begun to change is sent with the one that they saw then: touched fields are not morphed.
  #sending = ({ target, formData }) => {
    if (target.id !== "titles") return;
    for (const { name, defaultValue } of target.elements) {
      if (name.startsWith("title-")) formData.set(name.replace("title", "was"), defaultValue);
    }
  };

  #sent = ({ detail: { formSubmission, success } }) => {
    // The card lies where the server doesn't have it: show the truth again.
    if (["move-form", "sort"].includes(formSubmission.formElement.id) && !success) catchUp();
  };

  #say(what, column) {
    announce(this.dataset[what]?.replace("%s", () => titleOf(column)));
  }

  // Pointer: mouse, pen, and touch by the card's grip

  #pressed = (event) => {
    const card = cardUnder(event);
    if (!card || card.hasAttribute("data-stays") || event.button !== 0 || this.#carried) return;
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
    const shown = isAspect(card) ? card.querySelector(".aspect-title") : card;
    const { left, top, width } = shown.getBoundingClientRect();
    const ghost = shown.cloneNode(true);
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
    if (!event.target.matches("[data-concern-id]:not([data-stays]), [data-carries]")) return;
    if (event.key === " " || event.key === "Enter") this.#pickOrDrop(event);
    else if (this.#carried && event.key === "Escape") this.#cancel();
    else if (this.#carried && /^Arrow/.test(event.key)) this.#step(event);
    else if (this.#carried && event.key === "Tab") this.#cancel();
  };

  #pickOrDrop(event) {
    event.preventDefault();
    if (this.#carried) return this.#drop();
    this.#pickUp(event.target.hasAttribute("data-carries") ? event.target.closest("[data-column]") : event.target);
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

// What a press takes hold of: a concern, anywhere with the mouse and else by its grip; an aspect by its grip only.
function cardUnder({ target, pointerType }) {
  const handle = target.closest("[data-carries]");
  if (handle) return handle.closest("[data-column]");
  if (target.closest("a, button, select, input, textarea, summary, label")) return null;
  return pointerType === "mouse" || target.closest("[data-grip]") ? target.closest("[data-concern-id]") : null;
}

const isAspect = (card) => card.matches("[data-column]");

const titleOf = (column) => document.getElementById(column?.getAttribute("aria-labelledby"))?.textContent.trim() ?? "";

function submit(id, url, name, value) {
  const form = document.getElementById(id);
  form.action = url;
  if (name) form.elements[name].value = value;
  form.requestSubmit();
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
