// <char-count for="text" max="500" data-left="Noch %d Zeichen" data-over="%d Zeichen zu viel"></char-count>
// A field that takes many pages says nothing until its end comes into sight.
import { announce } from "../live/notices.js";

const NEAR_THE_END = 50;
const IN_SIGHT = 1000;
const MANY = 5000;
const AFTER_TYPING = 1000;

class CharCount extends HTMLElement {
  #timer = null;

  connectedCallback() {
    document.addEventListener("input", this.#typed);
    document.addEventListener("reset", this.#emptied);
    this.addEventListener("turbo:morph-element", this.#show);
    this.#show();
  }

  disconnectedCallback() {
    document.removeEventListener("input", this.#typed);
    document.removeEventListener("reset", this.#emptied);
    this.removeEventListener("turbo:morph-element", this.#show);
    clearTimeout(this.#timer);
  }

  get #field() {
    return document.getElementById(this.getAttribute("for"));
  }

  #typed = (event) => {
    if (event.target !== this.#field) return;
    const left = this.#show();
    clearTimeout(this.#timer);
    if (left <= NEAR_THE_END) this.#timer = setTimeout(() => announce(this.textContent), AFTER_TYPING);
  };

  #emptied = () => setTimeout(this.#show);

  // Characters as people count them, not UTF-16 units.
  #show = () => {
    const most = Number(this.getAttribute("max"));
    const left = most - [...(this.#field?.value ?? "")].length;
    const words = left < 0 ? this.dataset.over : this.dataset.left;
    const text = most > MANY && left > IN_SIGHT ? "" : (words?.replace("%d", Math.abs(left)) ?? String(left));
    if (this.textContent !== text) this.textContent = text;
    this.classList.toggle("is-near", left <= NEAR_THE_END);
    this.classList.toggle("is-over", left < 0);
    return left;
  };
}

customElements.define("char-count", CharCount);
