// Finding concerns on the board while one types, marking them all, and counting what lies where.
const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

export class Search {
  #board;
  #drawing = false;

  constructor(board) {
    this.#board = board;
  }

  connect() {
    this.#board.addEventListener("input", this.#typed);
    this.#board.addEventListener("submit", this.#submitted);
    this.#board.addEventListener("change", this.draw);
    this.#board.addEventListener("click", this.#clicked);
    document.addEventListener("reset", this.draw);
    document.addEventListener("page:changed", this.draw);
    this.draw();
  }

  disconnect() {
    document.removeEventListener("reset", this.draw);
    document.removeEventListener("page:changed", this.draw);
  }

  // One message may change many cards: all is looked at once, before the next picture.
  draw = () => {
    if (this.#drawing) return;
    this.#drawing = true;
    requestAnimationFrame(() => {
      this.#drawing = false;
      this.#filter();
      this.#count();
    });
  };

  get #field() {
    return this.#board.querySelector(".board-search input");
  }

  #typed = ({ target }) => target === this.#field && this.draw();

  #submitted = (event) => {
    if (!event.target.matches(".board-search")) return;
    event.preventDefault();
    this.draw();
  };

  #clicked = ({ target }) => {
    if (!target.closest(".mark-found")) return;
    for (const box of this.#board.querySelectorAll(".board-loose .board-card:not(.is-unfound) .mark input")) {
      box.checked = true;
      box.dispatchEvent(new Event("change", { bubbles: true })); // whatever is touched is not morphed
    }
  };

  #filter() {
    const words = fold(this.#field?.value ?? "").split(/\s+/).filter(Boolean);
    let [found, inInbox] = [0, 0];
    for (const card of this.#board.querySelectorAll(".board-card")) {
      const text = fold(card.querySelector(".concern-text")?.textContent ?? "");
      const isFound = words.every((word) => text.includes(word));
      card.classList.toggle("is-unfound", !isFound);
      const shown = card.querySelector("input[name=shown]"); // what nobody sees is not published with all
      if (shown) shown.disabled = !isFound;
      found += isFound;
      inInbox += isFound && card.closest(".board-loose") !== null;
    }
    this.#say(words.length > 0, found, inInbox);
  }

  #say(isSearching, found, inInbox) {
    const place = this.#board.querySelector(".search-count");
    if (!place) return;
    const text = isSearching ? this.#board.dataset.found.replace("%d", found).replace("%d", inInbox) : "";
    if (place.textContent !== text) place.textContent = text;
    const button = this.#board.querySelector(".mark-found");
    if (isSearching && inInbox && !button) place.after(this.#markButton());
    else if (!(isSearching && inInbox)) button?.remove();
  }

  #markButton() {
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "btn btn-quiet btn-small mark-found" });
    button.dataset.kept = "";
    button.textContent = this.#board.dataset.markFound;
    return button;
  }

  #count() {
    for (const place of this.#board.querySelectorAll("[data-count-of]")) {
      const count = document.getElementById(place.dataset.countOf)?.children.length ?? 0;
      if (place.textContent !== String(count)) place.textContent = count;
    }
    const marked = this.#board.querySelectorAll(".mark input:checked").length;
    const place = this.#board.querySelector(".marked-count");
    const text = marked ? this.#board.dataset.marked.replace("%d", marked) : "";
    if (place && place.textContent !== text) place.textContent = text;
  }
}
