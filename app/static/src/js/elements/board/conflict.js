// <board-conflict>: somebody else was there first; the question takes the focus, and can be left as it is.
class BoardConflict extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", this.#clicked);
    this.addEventListener("submit", unmark);
    this.focus();
    this.scrollIntoView({ block: "nearest" });
  }

  #clicked = (event) => {
    const board = document.querySelector("aspect-board");
    if (!board || !event.target.closest("[data-leaves]")) return; // on a page of its own the link leads there
    event.preventDefault();
    this.remove();
    board.querySelector(".board-search input")?.focus();
  };
}

// The question names the concerns itself: what was marked for it is settled with it.
const unmark = () => document.getElementById("sort")?.reset();

customElements.define("board-conflict", BoardConflict);
