// <reading-place data-url="/threads/5/reading"></reading-place>
// Tells the server up to which post somebody has read: those that were on the screen for a moment.
import { meta } from "../page.js";

const A_MOMENT = 700;
const PAUSE = 1500;
const idOf = (post) => Number(post.id.replace("post-", ""));

class ReadingPlace extends HTMLElement {
  #observer = null;
  #timers = new Map();
  #sending = null;
  #read = 0;
  #told = 0;

  connectedCallback() {
    this.#observer = new IntersectionObserver(this.#changed, { threshold: [0, 0.25, 0.5, 0.75, 1] });
    document.addEventListener("page:changed", this.#watch);
    document.addEventListener("visibilitychange", this.#visibility);
    addEventListener("pagehide", this.#tell);
    this.#watch();
  }

  disconnectedCallback() {
    this.#observer.disconnect();
    document.removeEventListener("page:changed", this.#watch);
    document.removeEventListener("visibilitychange", this.#visibility);
    removeEventListener("pagehide", this.#tell);
    this.#timers.forEach(clearTimeout);
    this.#timers.clear();
    this.#tell();
  }

  #watch = () => {
    for (const post of document.querySelectorAll("ol.posts > li.post")) this.#observer.observe(post);
  };

  #changed = (entries) => {
    for (const entry of entries) {
      const enough = Math.min(entry.boundingClientRect.height, innerHeight) * 0.5;
      if (entry.isIntersecting && entry.intersectionRect.height >= enough) this.#sees(entry.target);
      else this.#leaves(entry.target);
    }
  };

  #sees(post) {
    if (idOf(post) <= this.#read || this.#timers.has(post) || document.hidden) return;
    this.#timers.set(post, setTimeout(() => this.#hasRead(post), A_MOMENT));
  }

  #leaves(post) {
    clearTimeout(this.#timers.get(post));
    this.#timers.delete(post);
  }

  #hasRead(post) {
    this.#timers.delete(post);
    this.#read = Math.max(this.#read, idOf(post));
    this.#sending ??= setTimeout(this.#tell, PAUSE);
  }

  // Observing anew says once more what is on the screen.
  #visibility = () => {
    if (document.hidden) return this.#tell();
    this.#observer.disconnect();
    this.#watch();
  };

  #tell = () => {
    clearTimeout(this.#sending);
    this.#sending = null;
    if (this.#read <= this.#told) return;
    const post = this.#read;
    this.#told = post;
    fetch(this.dataset.url, {
      method: "POST",
      keepalive: true,
      headers: { "X-CSRFToken": meta("csrf-token"), Accept: "text/html" },
      body: new URLSearchParams({ post }),
    }).then((response) => response.ok || this.#again(post), () => this.#again(post));
  };

  #again(post) {
    if (this.#told === post) this.#told = 0; // the next post that is read tells of this one, too
  }
}

customElements.define("reading-place", ReadingPlace);
