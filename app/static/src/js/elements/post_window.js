// <post-window data-failed="…"><nav data-earlier>…</nav><ol class="posts">…</ol><nav data-later>…</nav></post-window>
// Loads earlier and later posts of a thread into the list that is there; without a script the links lead to them.
import { fetchPatiently } from "../live/again.js";
import { stripRemoved } from "../live/gate.js";
import { showNotice } from "../live/notices.js";
import { adoptMarks, keepMarks } from "../live/own_marks.js";
import { holdingStill } from "../live/still.js";

const ATTEMPTS = 3;
const idOf = (post) => Number(post.id.replace("post-", ""));
const postsIn = (list) => [...list.querySelectorAll(":scope > li.post")];

class PostWindow extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", this.#clicked);
    document.addEventListener("page:coming", this.#widen);
  }

  disconnectedCallback() {
    this.removeEventListener("click", this.#clicked);
    document.removeEventListener("page:coming", this.#widen);
  }

  get #list() {
    return this.querySelector(":scope > ol.posts");
  }

  get #position() {
    return Number(this.closest("[data-channel]")?.dataset.position) || 0;
  }

  #clicked = async (event) => {
    const link = event.target.closest("nav.windows a:not([data-whole])");
    if (!link || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    const nav = link.closest("nav");
    if (nav.hasAttribute("aria-busy")) return;
    nav.setAttribute("aria-busy", "true");
    const coming = await this.#fetch(link.href);
    nav.removeAttribute("aria-busy");
    if (!coming) showNotice(this.dataset.failed);
    else if (this.isConnected) this.#insert(coming, nav.hasAttribute("data-earlier"));
  };

  // What was written between the answer and now would be missing: then it is asked for once more.
  async #fetch(url, attempt = 1) {
    try {
      const response = await fetchPatiently(url, { headers: { Accept: "text/html" }, cache: "no-store" });
      if (!response.ok) return null;
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      const coming = page.querySelector("post-window");
      const position = Number(coming?.closest("[data-channel]")?.dataset.position) || 0;
      if (coming && position < this.#position && attempt < ATTEMPTS) return this.#fetch(url, attempt + 1);
      return coming;
    } catch {
      return null;
    }
  }

  #insert(coming, isEarlier) {
    stripRemoved(coming);
    adoptMarks(coming.ownerDocument);
    const posts = postsIn(coming.querySelector("ol.posts")).filter((post) => !document.getElementById(post.id));
    const side = isEarlier ? "[data-earlier]" : "[data-later]";
    const [nav, next] = [this.querySelector(`:scope > ${side}`), coming.querySelector(`:scope > ${side}`)];
    holdingStill(postsIn(this.#list)[0], () => {
      this.#list[isEarlier ? "prepend" : "append"](...posts);
      if (next) nav.replaceWith(next);
      else nav.remove();
    });
    if (!isEarlier && !next) this.#becomeLatest(coming.querySelector("ol.posts"));
    document.dispatchEvent(new CustomEvent("page:changed"));
    const first = isEarlier ? posts.at(-1) : posts[0];
    if (!first || (document.activeElement && document.activeElement !== document.body)) return;
    first.tabIndex = -1;
    first.focus({ preventScroll: true });
  }

  // From here on new posts come in by themselves.
  #becomeLatest(latest) {
    const list = this.#list;
    for (const { name, value } of latest.attributes) if (name !== "class") list.setAttribute(name, value);
    const home = document.getElementById("reply-home");
    if (home) home.hidden = false;
  }

  // The page is fetched anew, with the window that it began with: what was loaded beside it stays.
  #widen = ({ detail: { page } }) => {
    keepMarks(page);
    const coming = page.querySelector("post-window");
    const list = coming?.querySelector(":scope > ol.posts");
    const there = list ? postsIn(list).map(idOf) : [];
    if (!there.length || !this.#list) return;
    const [from, to] = [Math.min(...there), Math.max(...there)];
    const earlier = postsIn(this.#list).filter((post) => idOf(post) < from);
    const later = postsIn(this.#list).filter((post) => idOf(post) > to);
    list.prepend(...earlier.map((post) => post.cloneNode(true)));
    list.append(...later.map((post) => post.cloneNode(true)));
    if (earlier.length) this.#keepEnd(coming, "[data-earlier]", "prepend");
    if (!later.length) return;
    this.#keepEnd(coming, "[data-later]", "append");
    for (const { name, value } of this.#list.attributes) if (name !== "class") list.setAttribute(name, value);
    page.getElementById("reply-home")?.toggleAttribute("hidden", !list.id.startsWith("latest-"));
  };

  #keepEnd(coming, side, where) {
    const mine = this.querySelector(`:scope > ${side}`);
    coming.querySelector(`:scope > ${side}`)?.remove();
    if (mine) coming[where](mine.cloneNode(true));
  }
}

customElements.define("post-window", PostWindow);
