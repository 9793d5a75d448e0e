// <kept-text key="poll-3-concern"><textarea …></textarea></kept-text>
// Keeps what is being typed in this browser until the server has it, and offers it again after a reload.
import { now } from "../live/clock.js";
import { person } from "../page.js";

const PREFIX = "kept:";
const DAYS = 7;

class KeptText extends HTMLElement {
  #sent = null;

  connectedCallback() {
    this.addEventListener("input", this.#save);
    document.addEventListener("turbo:submit-start", this.#submitStarts);
    document.addEventListener("turbo:submit-end", this.#submitEnds);
    document.addEventListener("reset", this.#reset);
    // The field, or its form, may be parsed after this element.
    queueMicrotask(() => this.isConnected && this.#offer());
  }

  disconnectedCallback() {
    this.removeEventListener("input", this.#save);
    document.removeEventListener("turbo:submit-start", this.#submitStarts);
    document.removeEventListener("turbo:submit-end", this.#submitEnds);
    document.removeEventListener("reset", this.#reset);
  }

  get #field() {
    return this.querySelector("textarea, input:not([type=hidden])");
  }

  get #place() {
    return `${PREFIX}${person()}:${this.getAttribute("key")}`;
  }

  // Only into the field as it was then: an answer of the server, or a newer text, goes before the draft.
  #offer() {
    const field = this.#field;
    const draft = read(this.#place);
    if (!field || !draft || field.value !== field.defaultValue || field.defaultValue !== draft.base) return;
    field.value = draft.text;
    this.dataset.offered = draft.at; // for <kept-draft>, which knows of a newer one perhaps
    if (draft.sentAs && field.form?.elements.key) field.form.elements.key.value = draft.sentAs;
    this.#sent = draft.sentAs ? draft.text : null;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  #save = () => {
    const field = this.#field;
    if (!field) return;
    if (field.value === field.defaultValue) return forget(this.#place);
    // The key under which this very text was sent: a retry after a reload is recognised by it.
    const sentAs = field.value === this.#sent ? field.form?.elements.key?.value : undefined;
    write(this.#place, { text: field.value, base: field.defaultValue, at: now(), sentAs });
  };

  #submitStarts = ({ detail: { formSubmission } }) => {
    if (formSubmission.formElement !== this.#field?.form) return;
    this.#sent = this.#field.value;
    this.#save();
  };

  #submitEnds = ({ detail: { formSubmission, success } }) => {
    const own = formSubmission.formElement;
    if (!success || !(own === this.#field?.form || own.contains(this))) return;
    if (read(this.#place)?.text === this.#sent) forget(this.#place);
    this.#sent = null;
  };

  #reset = (event) => {
    if (event.target === this.#field?.form) forget(this.#place);
  };
}

// Storage can be full or forbidden; typing must go on all the same.
function read(place) {
  try {
    return JSON.parse(localStorage.getItem(place));
  } catch {
    return null;
  }
}

function write(place, draft) {
  try {
    localStorage.setItem(place, JSON.stringify(draft));
  } catch { /* kept in the field only */ }
}

function forget(place) {
  try {
    localStorage.removeItem(place);
  } catch { /* nothing was kept */ }
}

// Drafts of a week ago are no longer wanted, and other people may use this browser.
function forgetOld() {
  try {
    for (const place of Object.keys(localStorage)) {
      if (place.startsWith(PREFIX) && !(read(place)?.at > now() - DAYS * 86_400_000)) forget(place);
    }
  } catch { /* no storage, no drafts */ }
}

forgetOld();
customElements.define("kept-text", KeptText);
