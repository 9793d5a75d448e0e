// <sent-state data-sending="…" data-sent="…" data-waiting="…"></sent-state> inside a form with a hidden field "key".
// Says what became of what was sent, and sends again by itself what could not be delivered; the key makes that safe.
import { BUSY, pauseBefore } from "../live/again.js";
import { freshKey } from "../page.js";

const STAYS = 4000;

class SentState extends HTMLElement {
  #form = null;
  #state = "";
  #submitter = null;
  #tried = null;
  #failures = 0;
  #timer = null;

  connectedCallback() {
    this.setAttribute("role", "status");
    this.#form = this.closest("form");
    const key = this.#keyField;
    if (key && !key.value) key.value = freshKey();
    document.addEventListener("turbo:submit-start", this.#starts);
    document.addEventListener("turbo:submit-end", this.#ends);
    document.addEventListener("connection:back", this.#retrySoon);
    this.addEventListener("turbo:morph-element", this.#show);
    this.#retrySoon(); // the form was moved to another place meanwhile
  }

  disconnectedCallback() {
    clearTimeout(this.#timer);
    document.removeEventListener("turbo:submit-start", this.#starts);
    document.removeEventListener("turbo:submit-end", this.#ends);
    document.removeEventListener("connection:back", this.#retrySoon);
    this.removeEventListener("turbo:morph-element", this.#show);
  }

  get #keyField() {
    return this.#form?.elements.key;
  }

  #starts = ({ detail: { formSubmission } }) => {
    if (formSubmission.formElement !== this.#form) return;
    clearTimeout(this.#timer);
    this.#submitter = formSubmission.submitter ?? null;
    this.#tried = textOf(this.#form);
    this.#become("sending");
  };

  #ends = ({ detail: { formSubmission, success, fetchResponse } }) => {
    if (formSubmission.formElement !== this.#form) return;
    if (success) this.#arrived();
    else if (!fetchResponse || BUSY.includes(fetchResponse.statusCode)) this.#wait(fetchResponse);
    else this.#become("");
  };

  #arrived() {
    this.#failures = 0;
    if (this.#keyField) this.#keyField.value = freshKey();
    this.#become("sent");
    this.#timer = setTimeout(() => this.#become(""), STAYS);
  }

  #wait(fetchResponse) {
    this.#failures += 1;
    this.#become("waiting");
    this.#timer = setTimeout(this.#retry, pauseBefore(fetchResponse?.response, this.#failures));
  }

  #retrySoon = () => {
    if (this.#state !== "waiting") return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.#retry, Math.random() * 1000);
  };

  #retry = () => {
    if (!this.isConnected || this.#state !== "waiting") return;
    if (!textOf(this.#form).trim()) return this.#become(""); // taken back by its author
    // Another text is another submission; the old key with it would be a conflict.
    if (textOf(this.#form) !== this.#tried && this.#keyField) this.#keyField.value = freshKey();
    this.#form.requestSubmit(this.#submitter?.isConnected ? this.#submitter : undefined);
  };

  #become(state) {
    this.#state = state;
    this.#show();
  }

  #show = () => {
    this.className = this.#state ? `is-${this.#state}` : "";
    const text = this.dataset[this.#state] ?? "";
    if (this.textContent !== text) this.textContent = text;
  };
}

function textOf(form) {
  return [...form.elements].filter((field) => field.matches("textarea, input:not([type=hidden])"))
    .map((field) => field.value).join("\n");
}

customElements.define("sent-state", SentState);
