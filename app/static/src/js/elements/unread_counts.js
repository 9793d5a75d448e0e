// <unread-counts data-url="/unread"></unread-counts> on pages that list threads or forums: where something changes
// (data-newest), it asks how much of it is new to this person, and shows it in <span data-unread="thread-5">.
import { fetchPatiently } from "../live/again.js";

const SOON = 400;
const SPREAD = 1600;
const MOST = 100;

class UnreadCounts extends HTMLElement {
  #known = "";
  #timer = null;

  connectedCallback() {
    this.#known = newest();
    document.addEventListener("page:changed", this.#look);
    // Gone back to, the page is as it was left, and some of it has been read since.
    if (this.hasAttribute("data-left")) this.#fetch();
    document.addEventListener("turbo:before-cache", this.#leave);
  }

  disconnectedCallback() {
    clearTimeout(this.#timer);
    document.removeEventListener("page:changed", this.#look);
    document.removeEventListener("turbo:before-cache", this.#leave);
  }

  #leave = () => this.setAttribute("data-left", "");

  #look = () => {
    if (newest() === this.#known) return;
    this.#known = newest();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.#fetch, SOON + Math.random() * SPREAD);
  };

  #fetch = async () => {
    const asked = new URL(this.dataset.url, location.href);
    for (const kind of ["thread", "forum"]) asked.searchParams.set(kind, shown(kind).join(","));
    try {
      const response = await fetchPatiently(asked, { headers: { Accept: "application/json" }, cache: "no-store" });
      if (response.ok && !response.redirected) show(await response.json());
    } catch { /* the next change asks again */ }
  };
}

const places = () => [...document.querySelectorAll("[data-unread]")];
const newest = () => [...document.querySelectorAll("[data-newest]")].map(({ id, dataset }) => `${id}:${dataset.newest}`).join();
const shown = (kind) => [...new Set(places().map(({ dataset }) => dataset.unread.split("-"))
  .filter(([of]) => of === kind).map(([, id]) => id))];

function show(counts) {
  for (const place of places()) {
    const [kind, id] = place.dataset.unread.split("-");
    const count = counts[kind]?.[id] ?? 0;
    place.querySelector(":scope > .unread")?.remove();
    if (!count) continue;
    const mark = place.querySelector("template").content.firstElementChild.cloneNode(true);
    const { one, many, most } = place.dataset;
    mark.textContent = (count >= MOST ? most : count === 1 ? one : many).replace("%d", Math.min(count, MOST - 1));
    place.prepend(mark);
  }
}

customElements.define("unread-counts", UnreadCounts);
