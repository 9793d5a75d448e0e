// <mention-list for="text" data-url="/spaces/3/mentions" data-one="…" data-many="…"><ul role="listbox" hidden></ul></mention-list>
// After an @ in the field it offers people whose names go on like this: by arrows and Enter, or by touch.
import { announce } from "../live/notices.js";
import { insert } from "../writing.js";

const PAUSE = 150;
const BEGUN = /(?:^|[^\p{L}\p{N}_@./])@([\p{L}\p{N}][\p{L}\p{N}.'’-]*(?: [\p{L}\p{N}.'’-]*)?)?$/u;

class MentionList extends HTMLElement {
  #timer = null;
  #request = null;
  #known = new Map();
  #at = -1;
  #left = -1; // the @ that was answered, or left alone

  connectedCallback() {
    document.addEventListener("input", this.#typed);
    document.addEventListener("keydown", this.#key, true);
    document.addEventListener("focusout", this.#blurred);
    this.addEventListener("mousedown", keepFocus);
    this.addEventListener("click", this.#clicked);
  }

  disconnectedCallback() {
    document.removeEventListener("input", this.#typed);
    document.removeEventListener("keydown", this.#key, true);
    document.removeEventListener("focusout", this.#blurred);
    this.removeEventListener("mousedown", keepFocus);
    this.removeEventListener("click", this.#clicked);
    this.#close();
  }

  get #field() {
    return document.getElementById(this.getAttribute("for"));
  }

  get #list() {
    return this.querySelector("[role=listbox]");
  }

  get #options() {
    return [...this.querySelectorAll("[role=option]")];
  }

  get #chosen() {
    return this.querySelector("[aria-selected=true]");
  }

  #typed = (event) => {
    const field = this.#field;
    if (event.target !== field) return;
    clearTimeout(this.#timer);
    const begun = field.selectionStart === field.selectionEnd && BEGUN.exec(field.value.slice(0, field.selectionStart));
    if (!begun) {
      this.#left = -1;
      return this.#close();
    }
    const query = begun[1] ?? "";
    this.#at = field.selectionStart - query.length - 1;
    if (this.#at === this.#left) return this.#close();
    if (this.#known.has(query)) this.#show(this.#known.get(query));
    else this.#timer = setTimeout(() => this.#fetch(query), PAUSE);
  };

  async #fetch(query) {
    this.#request?.abort();
    this.#request = new AbortController();
    try {
      const url = `${this.dataset.url}?q=${encodeURIComponent(query)}`;
      const response = await fetch(url, { headers: { Accept: "text/html" }, signal: this.#request.signal });
      if (!response.ok) return this.#close();
      const html = await response.text();
      this.#known.set(query, html);
      if (document.activeElement === this.#field) this.#show(html);
    } catch {
      this.#close(); // without a list the name can be typed
    }
  }

  // The server has made this HTML safe.
  #show(html) {
    const list = this.#list;
    list.innerHTML = html;
    const options = this.#options;
    list.hidden = options.length === 0;
    if (list.hidden) return this.#close();
    const field = this.#field;
    field.setAttribute("aria-controls", list.id);
    this.#choose(options[0]);
    this.#place();
    announce((options.length === 1 ? this.dataset.one : this.dataset.many).replace("%d", options.length));
  }

  // Where the field ends; it grows with what is written, so that is near the @.
  #place() {
    this.#list.scrollIntoView({ block: "nearest" });
  }

  #close() {
    clearTimeout(this.#timer);
    this.#request?.abort();
    const list = this.#list;
    if (!list || list.hidden) return;
    list.hidden = true;
    list.replaceChildren();
    this.#field?.removeAttribute("aria-activedescendant");
  }

  #choose(option) {
    for (const other of this.#options) other.setAttribute("aria-selected", String(other === option));
    this.#field.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  #key = (event) => {
    if (event.target !== this.#field || this.#list.hidden || event.isComposing) return;
    const options = this.#options;
    const at = options.indexOf(this.#chosen);
    if (event.key === "ArrowDown") this.#choose(options[(at + 1) % options.length]);
    else if (event.key === "ArrowUp") this.#choose(options[(at - 1 + options.length) % options.length]);
    else if ((event.key === "Enter" || event.key === "Tab") && !event.shiftKey && !event.ctrlKey) this.#take(this.#chosen);
    else if (event.key === "Escape") this.#leave();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  #clicked = (event) => {
    const option = event.target.closest("[role=option]");
    if (option) this.#take(option);
  };

  #take(option) {
    const field = this.#field;
    const [at, end] = [this.#at, field.selectionStart];
    const next = field.value.slice(end, end + 1);
    const handle = option.dataset.handle;
    this.#leave();
    insert(field, `@${handle}${/^[\s.,;:!?)]/.test(next) ? "" : " "}`, at, end);
  }

  #leave() {
    this.#left = this.#at;
    this.#close();
  }

  #blurred = (event) => {
    if (event.target === this.#field) this.#close();
  };
}

// A tap on a name must not take the focus, and with it the keyboard, from the field.
function keepFocus(event) {
  event.preventDefault();
}

customElements.define("mention-list", MentionList);
