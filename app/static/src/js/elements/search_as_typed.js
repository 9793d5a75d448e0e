// <search-as-typed> around a search form and the frame of its results: looks again while one types.
import { announce } from "../live/notices.js";

const WHILE_TYPING = 250;
const BEFORE_SAYING = 900;

class SearchAsTyped extends HTMLElement {
  #timer = null;
  #saying = null;
  #asked = "";

  connectedCallback() {
    this.addEventListener("input", this.#typed);
    this.addEventListener("change", this.#chosen);
    this.addEventListener("submit", this.#submitted);
    this.addEventListener("turbo:frame-load", this.#loaded);
    this.#asked = this.#wanted;
  }

  disconnectedCallback() {
    this.removeEventListener("input", this.#typed);
    this.removeEventListener("change", this.#chosen);
    this.removeEventListener("submit", this.#submitted);
    this.removeEventListener("turbo:frame-load", this.#loaded);
    clearTimeout(this.#timer);
    clearTimeout(this.#saying);
  }

  get #form() {
    return this.querySelector("form");
  }

  get #wanted() {
    return new URLSearchParams(new FormData(this.#form)).toString();
  }

  #typed = ({ target }) => {
    if (target.matches("input[type=search], input:not([type])")) this.#soon(WHILE_TYPING);
  };

  // Another space has other forums, and those come with the whole page.
  #chosen = ({ target }) => {
    if (target.name !== "space") return this.#soon(0);
    const forum = this.#form.elements.namedItem("forum");
    if (forum) forum.value = "";
    this.#form.dataset.turboFrame = "_top";
    this.#form.requestSubmit();
  };

  #soon(wait) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      if (this.#wanted !== this.#asked) this.#form.requestSubmit();
    }, wait);
  }

  #submitted = () => {
    clearTimeout(this.#timer);
    this.#asked = this.#wanted;
  };

  #loaded = ({ target }) => {
    clearTimeout(this.#saying);
    const said = target.querySelector("[data-said]")?.textContent.replace(/\s+/g, " ").trim();
    if (said) this.#saying = setTimeout(() => announce(said), BEFORE_SAYING);
  };
}

customElements.define("search-as-typed", SearchAsTyped);
