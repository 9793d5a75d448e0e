// <seat-picks data-one="…" data-many="…" data-bring-one="…" …>: says who is picked in the cockpit's rooms, and shows what
// can be done with them only then. Escape picks nobody; after a move the focus stays at the room.
import { announce } from "../live/notices.js";

const BOX = "input[form=seat-form]";
const ROOM = ".room-row[data-room]";
const PICKING = "is-picking";

class SeatPicks extends HTMLElement {
  #said = "";
  #tile = "";

  connectedCallback() {
    document.addEventListener("change", this.#changed);
    document.addEventListener("page:changed", this.#show);
    document.addEventListener("keydown", this.#pressed);
    document.addEventListener("focusin", this.#remember);
    document.addEventListener("pointerdown", this.#forget);
    this.addEventListener("click", this.#clicked);
    this.#show();
  }

  disconnectedCallback() {
    document.removeEventListener("change", this.#changed);
    document.removeEventListener("page:changed", this.#show);
    document.removeEventListener("keydown", this.#pressed);
    document.removeEventListener("focusin", this.#remember);
    document.removeEventListener("pointerdown", this.#forget);
    this.removeEventListener("click", this.#clicked);
    document.body.classList.remove(PICKING);
  }

  #changed = ({ target }) => {
    if (target.matches(BOX)) this.#show();
  };

  #pressed = (event) => {
    if (event.key !== "Escape" || event.defaultPrevented || document.querySelector("dialog[open]") || !picked().length) return;
    event.preventDefault();
    this.#pickNobody();
  };

  #clicked = ({ target }) => {
    if (target.closest("[data-pick-nobody]")) this.#pickNobody();
  };

  #pickNobody() {
    const [first] = picked();
    for (const box of picked()) box.checked = false;
    this.#show();
    if (this.contains(document.activeElement)) first?.focus();
  }

  // Who is moved takes along the box that had the focus.
  #remember = ({ target }) => {
    this.#tile = target.closest?.(ROOM)?.id ?? this.#tile;
  };

  #forget = () => {
    this.#tile = "";
  };

  #show = () => {
    const boxes = picked();
    const names = boxes.map(nameOf);
    document.body.classList.toggle(PICKING, names.length > 0);
    this.#say(names);
    this.#showBringing(boxes, names);
    this.#showSwapping(boxes, names);
    this.#keepFocus();
  };

  #say(names) {
    const words = this.#wordsFor(names);
    const place = this.querySelector("[data-picked]");
    place.hidden = !names.length;
    this.querySelector("[data-pick-nobody]").hidden = !names.length;
    if (place.textContent !== words) place.textContent = words;
    if (words !== this.#said) announce(words || this.dataset.nobody);
    this.#said = words;
  }

  #wordsFor(names) {
    if (names.length < 2) return names.length ? this.dataset.one.replace("%s", () => names[0]) : "";
    return this.dataset.many.replace("%d", names.length).replace("%s", () => names.join(", "));
  }

  #showBringing(boxes, names) {
    const { bringOne, bringMany } = this.dataset;
    const words = names.length === 1 ? bringOne.replace("%s", () => names[0]) : bringMany.replace("%d", names.length);
    for (const place of document.querySelectorAll("[data-bring]")) {
      if (names.length && place.textContent !== words) place.textContent = words;
      const room = place.closest(ROOM);
      place.closest("button").hidden = boxes.every((box) => room.contains(box)); // of nobody, too
    }
  }

  #showSwapping(boxes, names) {
    const button = this.querySelector("[data-key=s]");
    button.hidden = boxes.length !== 2 || boxes[0].closest(ROOM) === boxes[1].closest(ROOM);
    if (button.hidden) return;
    const words = this.dataset.swap.replace("%s", () => names.join(` ${this.dataset.and} `));
    const place = button.querySelector("[data-swap-words]");
    if (place.textContent !== words) place.textContent = words;
  }

  #keepFocus() {
    const focused = document.activeElement;
    if (focused && focused !== document.body && focused.getClientRects().length) return;
    const tile = document.getElementById(this.#tile);
    if (!tile) return;
    tile.tabIndex = -1;
    tile.focus({ preventScroll: true });
  }
}

const picked = () => [...document.querySelectorAll(`${BOX}:checked`)];

const nameOf = (box) => box.closest("label").querySelector(".person-name").textContent.trim();

customElements.define("seat-picks", SeatPicks);
