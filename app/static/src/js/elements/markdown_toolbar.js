// <markdown-toolbar for="text"><button data-format="bold">…</button>…</markdown-toolbar>
// Puts Markdown around what is marked, or takes it away again; also by Ctrl+B, Ctrl+I and Ctrl+K in the field.
import { insert } from "../writing.js";

const KEYS = { b: "bold", i: "italic", k: "link" };

class MarkdownToolbar extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", this.#clicked);
    this.addEventListener("keydown", this.#move);
    this.addEventListener("focusin", this.#rove);
    document.addEventListener("keydown", this.#typed);
  }

  disconnectedCallback() {
    this.removeEventListener("click", this.#clicked);
    this.removeEventListener("keydown", this.#move);
    this.removeEventListener("focusin", this.#rove);
    document.removeEventListener("keydown", this.#typed);
  }

  get #field() {
    return document.getElementById(this.getAttribute("for"));
  }

  #clicked = (event) => {
    const format = event.target.closest("[data-format]")?.dataset.format;
    if (format && this.#field) this.#apply(format);
  };

  #typed = (event) => {
    if (event.target !== this.#field || event.isComposing) return;
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    const format = KEYS[event.key.toLowerCase()];
    if (!format) return;
    event.preventDefault();
    this.#apply(format);
  };

  #apply(format) {
    const field = this.#field;
    if (format === "bold") around(field, "**", this.dataset.text);
    if (format === "italic") around(field, "*", this.dataset.text);
    if (format === "code") code(field, this.dataset.text);
    if (format === "list") lines(field, "- ");
    if (format === "quote") lines(field, "> ");
    if (format === "link") link(field, this.dataset.text);
  }

  // One stop for the Tab key; arrows go from button to button.
  #move = (event) => {
    const buttons = [...this.querySelectorAll("button")];
    const at = buttons.indexOf(document.activeElement);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
    if (at < 0 || to === undefined) return;
    event.preventDefault();
    buttons[(to + buttons.length) % buttons.length].focus();
  };

  #rove = ({ target }) => {
    for (const button of this.querySelectorAll("button")) button.tabIndex = button === target ? 0 : -1;
  };
}

const marked = (field) => field.value.slice(field.selectionStart, field.selectionEnd);

function around(field, mark, word) {
  const { selectionStart: start, selectionEnd: end, value } = field;
  const n = mark.length;
  // In "**bold**" the stars belong to the other mark.
  const isBetween = value.slice(start - n, start) === mark && value.slice(end, end + n) === mark
    && !(n === 1 && value.slice(start - 2, start) === "**" && value.slice(start - 3, start) !== "***");
  if (isBetween && start >= n) {
    const text = marked(field);
    insert(field, text, start - n, end + n);
    return field.setSelectionRange(start - n, end - n);
  }
  const text = marked(field);
  const [, before, inner, after] = /^(\s*)([^]*?)(\s*)$/.exec(text);
  const shown = inner || word;
  insert(field, before + mark + shown + mark + after);
  const from = start + before.length + n;
  field.setSelectionRange(from, from + shown.length);
}

function code(field, word) {
  if (marked(field).includes("\n")) lines(field, "    ");
  else around(field, "`", word);
}

// Every line that is touched; if all of them have the sign already, it goes.
function lines(field, sign) {
  const { value } = field;
  const start = value.lastIndexOf("\n", field.selectionStart - 1) + 1;
  const next = value.indexOf("\n", Math.max(field.selectionEnd, start));
  const end = next < 0 ? value.length : next;
  const touched = value.slice(start, end).split("\n");
  const hasAll = touched.every((line) => line.startsWith(sign));
  const changed = touched.map((line) => (hasAll ? line.slice(sign.length) : sign + line)).join("\n");
  // A list, a quote or code begins after an empty line only.
  const gap = !hasAll && start > 0 && !value.slice(0, start).endsWith("\n\n") && !isSame(value, start, sign) ? "\n" : "";
  insert(field, gap + changed, start, end);
  field.setSelectionRange(start + gap.length + (touched.length > 1 ? 0 : changed.length), start + gap.length + changed.length);
}

const isSame = (value, start, sign) => value.slice(0, start - 1).split("\n").at(-1).startsWith(sign);

function link(field, word) {
  const start = field.selectionStart;
  const text = marked(field).trim();
  if (/^https?:\/\/\S+$/.test(text)) {
    insert(field, `[${word}](${text})`);
    return field.setSelectionRange(start + 1, start + 1 + word.length);
  }
  const shown = text || word;
  const address = "https://";
  insert(field, `[${shown}](${address})`);
  const from = start + shown.length + 3;
  field.setSelectionRange(from, from + address.length);
}

customElements.define("markdown-toolbar", MarkdownToolbar);
