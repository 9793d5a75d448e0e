// <similar-concerns for="concern-text-3" list="concerns-3" question="…" data-one="…" data-many="…" data-kept hidden>…
// While somebody types it shows what others have said alike: *me too* instead of another concern that means the same.
// It looks among the cards of this page, so it knows nothing that its reader may not see, and asks nobody.
import { alike } from "../likeness.js";
import { announce } from "../live/notices.js";

const PAUSE = 400; // milliseconds without a letter
const MOST = 3;

class SimilarConcerns extends HTMLElement {
  #timer = null;
  #passed = new Set(); // ids of cards that this draft is not like, as its author says
  #thrownAway = "";
  #watch = new MutationObserver(() => this.#showWhatToDo());

  connectedCallback() {
    this.#list.replaceChildren();
    this.#shows("");
    this.#watch.observe(this.#list, { subtree: true, attributeFilter: ["aria-pressed"] });
    this.addEventListener("click", this.#pressed);
    document.addEventListener("input", this.#typed);
    document.addEventListener("keydown", this.#escaped);
    document.addEventListener("reset", this.#emptied);
    document.addEventListener("page:changed", this.#refresh);
    this.#looksSoon(); // a quick thumb types before this script has come
  }

  disconnectedCallback() {
    clearTimeout(this.#timer);
    this.#watch.disconnect();
    this.removeEventListener("click", this.#pressed);
    document.removeEventListener("input", this.#typed);
    document.removeEventListener("keydown", this.#escaped);
    document.removeEventListener("reset", this.#emptied);
    document.removeEventListener("page:changed", this.#refresh);
  }

  get #field() {
    return document.getElementById(this.getAttribute("for"));
  }

  get #list() {
    return this.querySelector("ul");
  }

  get #cards() {
    const cards = document.getElementById(this.getAttribute("list"))?.children ?? [];
    return [...cards].filter((card) => card.querySelector("[data-support]") && !card.classList.contains("is-own"));
  }

  #typed = (event) => {
    if (event.target !== this.#field) return;
    clearTimeout(this.#timer);
    if (!this.#field.value.trim()) return this.#end();
    if (this.#thrownAway) this.#end();
    this.#looksSoon();
  };

  #looksSoon() {
    this.#timer = setTimeout(this.#look, PAUSE);
  }

  #look = () => {
    const cards = this.#cards;
    const texts = cards.map(textOf);
    const found = alike(this.#field?.value ?? "", texts, this.getAttribute("question")).map((place) => cards[place]);
    this.#show(found.filter(({ id }) => !this.#passed.has(id)).slice(0, MOST));
  };

  // Which stays keeps its place, so that nothing goes away under a finger.
  #show(cards) {
    const before = this.#list.childElementCount;
    const ids = cards.map(({ id }) => id);
    for (const item of [...this.#list.children]) if (!ids.includes(item.dataset.of)) item.remove();
    for (const card of cards) if (!this.#itemOf(card)) this.#list.append(itemFor(card));
    this.#showCount();
    if (!before && cards.length) announce(this.#count.textContent);
  }

  get #count() {
    return this.querySelector("[data-count]");
  }

  #showCount() {
    const number = this.#list.childElementCount;
    write(this.#count, (number === 1 ? this.dataset.one : this.dataset.many).replace("%d", number));
    this.#showWhatToDo();
  }

  #showWhatToDo() {
    const isMine = Boolean(this.#list.querySelector("[aria-pressed=true]"));
    if (!this.#list.childElementCount) this.#shows(this.#thrownAway ? "thrown" : "");
    else this.#shows(isMine ? "mine" : "found");
  }

  // What it shows: similar concerns, what to do once one is supported, or that the draft was thrown away.
  #shows(state) {
    if (state === this.dataset.state) return;
    this.dataset.state = state;
    this.hidden = !state;
    for (const part of this.querySelectorAll("[data-in]")) part.hidden = !part.dataset.in.split(" ").includes(state);
    if (["mine", "thrown"].includes(state)) announce(this.querySelector(`[data-in="${state}"] span`).textContent);
  }

  #itemOf = ({ id }) => [...this.#list.children].find((item) => item.dataset.of === id);

  // Somewhere on the page something has changed: what is shown here is counted anew, or goes with its card.
  #refresh = () => {
    if (!this.#list.childElementCount) return;
    const cards = new Map(this.#cards.map((card) => [card.id, card]));
    for (const item of [...this.#list.children]) {
      const card = cards.get(item.dataset.of);
      if (card) bringUpToDate(item, card);
      else {
        if (item.contains(document.activeElement)) this.#field?.focus();
        item.remove();
      }
    }
    this.#showCount();
  };

  #pressed = ({ target }) => {
    const deed = target.closest("[data-deed]")?.dataset.deed;
    if (deed === "pass") this.#pass();
    if (deed === "throw") this.#throwAway();
    if (deed === "bring") this.#bringBack();
  };

  #escaped = ({ key, target }) => {
    if (key === "Escape" && !this.hidden && this.closest("form").contains(target)) this.#pass();
  };

  #pass() {
    for (const item of this.#list.children) this.#passed.add(item.dataset.of);
    this.#thrownAway = "";
    this.#list.replaceChildren();
    this.#showWhatToDo();
    this.#field?.focus();
  }

  #throwAway() {
    const draft = this.#field.value;
    this.#field.form.reset();
    this.#thrownAway = draft;
    this.#showWhatToDo();
    this.querySelector("[data-deed=bring]").focus();
  }

  #bringBack() {
    const field = this.#field;
    field.value = this.#thrownAway;
    this.#end();
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
  }

  #emptied = (event) => {
    if (event.target === this.#field?.form) this.#end();
  };

  #end() {
    clearTimeout(this.#timer);
    this.#passed.clear();
    this.#thrownAway = "";
    this.#list.replaceChildren();
    this.#showWhatToDo();
  }
}

const textOf = (card) => card.querySelector(".concern-text").textContent;

function itemFor(card) {
  const item = document.createElement("li");
  item.dataset.of = card.id;
  const text = document.createElement("p");
  text.id = `similar-${card.id}`;
  const button = card.querySelector("[data-support]").cloneNode(true); // <mine-marks> knows it by its name
  button.setAttribute("aria-describedby", text.id);
  item.append(text, button);
  bringUpToDate(item, card);
  return item;
}

function bringUpToDate(item, card) {
  write(item.querySelector("p"), textOf(card));
  write(item.querySelector(".count"), card.querySelector(".count").textContent);
}

function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

customElements.define("similar-concerns", SimilarConcerns);
