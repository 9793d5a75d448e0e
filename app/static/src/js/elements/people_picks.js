// <people-picks data-one="…" data-many="…" data-found="…" data-whole>: a list of many people to pick several from. Typing
// finds them at once where the list is whole, else the server does; whoever is picked stays so, found or not.
const BEFORE_SAYING = 400;

class PeoplePicks extends HTMLElement {
  #timer = null;

  connectedCallback() {
    this.addEventListener("input", this.#typed);
    this.addEventListener("change", this.#showPicked);
    this.addEventListener("reset", this.#cleared);
    this.addEventListener("submit", this.#submitted);
    if (this.#query.value) this.#find();
    this.#showPicked();
  }

  disconnectedCallback() {
    clearTimeout(this.#timer);
    this.removeEventListener("input", this.#typed);
    this.removeEventListener("change", this.#showPicked);
    this.removeEventListener("reset", this.#cleared);
    this.removeEventListener("submit", this.#submitted);
  }

  get #query() {
    return this.querySelector("input[type=search]");
  }

  get #lines() {
    return [...this.querySelectorAll(".pick-list > li:has(input)")];
  }

  get #isWhole() {
    return this.hasAttribute("data-whole");
  }

  #typed = ({ target }) => {
    if (target === this.#query && this.#isWhole) this.#find();
  };

  // Enter goes to the first who is found; a search of the server's would forget who is picked.
  #submitted = (event) => {
    if (!event.target.contains(this.#query) || !this.#isWhole) return;
    event.preventDefault();
    this.#find();
    this.#lines.find((line) => !line.hidden)?.querySelector("input").focus();
  };

  #cleared = () => setTimeout(this.#showPicked);

  #find() {
    const words = folded(this.#query.value).split(/\s+/).filter(Boolean);
    for (const line of this.#lines) line.hidden = !words.every((word) => wordsOf(line).includes(word));
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.#sayFound, BEFORE_SAYING);
  }

  #sayFound = () => {
    const lines = this.#lines;
    const found = lines.filter((line) => !line.hidden).length;
    write(this.querySelector("[data-count]"), this.dataset.found.replace("%d", found).replace("%d", lines.length));
  };

  #showPicked = () => {
    const names = [...this.querySelectorAll(".pick-list input:checked")].map(nameOf);
    const words = names.length === 1 ? this.dataset.one : names.length ? this.dataset.many : "";
    write(this.querySelector("[data-picked]"), words.replace("%d", names.length).replace("%s", () => names.join(", ")));
  };
}

function write(place, words) {
  if (place.textContent !== words) place.textContent = words;
}

const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

const wordsOf = (line) => folded(`${line.querySelector("input").value} ${line.textContent}`);

const nameOf = (box) => box.closest("label").querySelector(".person-name").textContent.trim();

customElements.define("people-picks", PeoplePicks);
