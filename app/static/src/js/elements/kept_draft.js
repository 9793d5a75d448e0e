// <kept-draft data-url="/drafts/thread-5" data-at="1700000000000" data-text="…" data-title="…" data-kept>
//   <input type="hidden" name="draft" value="thread-5" disabled> <div data-offer>…</div> <span data-state></span>
// </kept-draft> in a composer's form.
// Keeps what is being written on the server, and offers what was begun earlier or elsewhere. What this browser kept
// (<kept-text>) is in the field already: the newer of the two wins, and while an older one waits for an answer,
// nothing is written over it.
import { isSoon, pauseBefore } from "../live/again.js";
import { now } from "../live/clock.js";
import { meta } from "../page.js";
import { insert } from "../writing.js";

const PAUSE = 2000;
const MOST_ON_LEAVING = 60_000; // bytes that a browser still sends for a page that goes

class KeptDraft extends HTMLElement {
  #hasBegun = false; // the composer moves about in the page
  #found = "";
  #timer = null;
  #saved = null;
  #request = null;

  connectedCallback() {
    document.addEventListener("input", this.#typed);
    document.addEventListener("turbo:submit-start", this.#submitStarts);
    document.addEventListener("turbo:submit-end", this.#submitEnds);
    document.addEventListener("turbo:before-cache", this.#forgetOffer);
    addEventListener("pagehide", this.#leaving);
    this.addEventListener("click", this.#clicked);
    this.#form = this.closest("form");
    // After <kept-text> has put into the field what this browser kept.
    setTimeout(() => this.isConnected && this.#begin());
  }

  disconnectedCallback() {
    this.#leaving();
    document.removeEventListener("input", this.#typed);
    document.removeEventListener("turbo:submit-start", this.#submitStarts);
    document.removeEventListener("turbo:submit-end", this.#submitEnds);
    document.removeEventListener("turbo:before-cache", this.#forgetOffer);
    removeEventListener("pagehide", this.#leaving);
    this.removeEventListener("click", this.#clicked);
  }

  #form = null;

  get #text() {
    return this.#form?.elements.text;
  }

  get #title() {
    return this.#form?.elements.title;
  }

  get #offer() {
    return this.querySelector("[data-offer]");
  }

  get #isOffering() {
    return Boolean(this.#offer) && !this.#offer.hidden;
  }

  #begin() {
    const field = this.#text;
    if (!field || this.#hasBegun) return;
    this.#hasBegun = true;
    const begun = Number(this.dataset.at) > 0;
    const isEmpty = field.value === field.defaultValue;
    const local = Number(field.closest("kept-text")?.dataset.offered ?? 0);
    const isSame = field.value === this.dataset.text;
    if (begun && !isSame && (isEmpty || (local && local < Number(this.dataset.at)))) return this.#show();
    this.#settle();
    this.#saved = isSame ? this.#now() : null;
    if (begun && !isSame && local) this.#later();
  }

  #show() {
    this.#found = this.#text.value;
    const time = this.querySelector("time");
    const language = document.documentElement.lang;
    if (time) time.textContent = new Date(Number(this.dataset.at)).toLocaleString(language, { dateStyle: "short", timeStyle: "short" });
    this.#offer.hidden = false;
    for (const control of this.querySelectorAll("[data-with-script]")) control.hidden = false;
    for (const control of this.querySelectorAll("[data-without-script]")) control.hidden = true;
  }

  // From now on this field is the draft.
  #settle() {
    if (this.#offer) this.#offer.hidden = true;
    for (const field of this.querySelectorAll("input[name=draft]")) field.disabled = false;
  }

  #clicked = (event) => {
    if (event.target.closest("[data-continue]")) this.#continue();
    // The request goes with the button's own form; here nothing is offered any more.
    if (event.target.closest("[data-discard]")) setTimeout(() => this.#settle());
  };

  // In place of what was in the field when this was offered; behind what was written since.
  #continue() {
    const field = this.#text;
    const since = field.value === this.#found ? 0 : field.value.length;
    this.#settle();
    if (this.#title && !this.#title.value) this.#title.value = this.dataset.title ?? "";
    insert(field, (since ? "\n\n" : "") + this.dataset.text, since, field.value.length);
    field.setSelectionRange(field.value.length, field.value.length);
  }

  #typed = (event) => {
    if (event.target === this.#text || (this.#title && event.target === this.#title)) this.#later();
  };

  #later(pause = PAUSE) {
    if (this.#isOffering) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#save(), pause);
  }

  #now() {
    return JSON.stringify([this.#title?.value ?? "", this.#text?.value ?? ""]);
  }

  async #save(keepalive = false) {
    clearTimeout(this.#timer);
    this.#timer = null;
    const written = this.#now();
    if (!this.#text || written === this.#saved) return;
    this.#request?.abort();
    this.#request = keepalive ? null : new AbortController();
    try {
      const response = await this.#put(keepalive);
      if (isSoon(response)) return this.#later(pauseBefore(response));
      if (!response.ok) return;
      this.#saved = written;
      this.#say();
    } catch { /* this browser keeps it all the same, and the next pause tries again */ }
  }

  #put(keepalive) {
    const body = new URLSearchParams({ text: this.#text.value, title: this.#title?.value ?? "", key: this.#form.elements.key?.value ?? "" });
    const fits = body.toString().length < MOST_ON_LEAVING;
    return fetch(this.dataset.url, {
      method: "PUT",
      headers: { "X-CSRFToken": meta("csrf-token"), Accept: "application/json" },
      body,
      keepalive: keepalive && fits,
      signal: this.#request?.signal,
    });
  }

  #say() {
    const state = this.querySelector("[data-state]");
    const time = new Date(now()).toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
    if (state) state.textContent = this.dataset.saved.replace("%s", time);
  }

  #leaving = () => {
    if (this.#timer !== null) this.#save(true);
  };

  #submitStarts = ({ detail: { formSubmission } }) => {
    if (formSubmission.formElement !== this.#form) return;
    clearTimeout(this.#timer);
    this.#timer = null;
    this.#request?.abort();
  };

  #submitEnds = ({ detail: { formSubmission, success, fetchResponse } }) => {
    if (formSubmission.formElement !== this.#form) return;
    const isPreview = formSubmission.submitter?.name === "preview";
    if (!success || isPreview) return this.#later();
    this.#saved = JSON.stringify(["", ""]);
    const state = this.querySelector("[data-state]");
    if (state && fetchResponse?.redirected !== true) state.textContent = "";
  };

  // A page that is gone back to would offer what has been sent since.
  #forgetOffer = () => {
    if (this.#offer) this.#offer.hidden = true;
    delete this.dataset.at;
  };
}

customElements.define("kept-draft", KeptDraft);
