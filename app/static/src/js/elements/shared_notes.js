// <shared-notes data-room="5" data-label="…" data-placeholder="…" data-saved="…" … data-kept>
//   <div data-text>the text, for those without scripts</div> <p data-state></p> <p data-company></p>
// </shared-notes>
// A text that all in a room write at once.
import { EditorState, Compartment } from "@codemirror/state";
import { EditorView, keymap, placeholder } from "@codemirror/view";
import { announce } from "../live/notices.js";
import { binding } from "./notes/binding.js";
import { cursors } from "./notes/cursors.js";
import { Exchange } from "./notes/exchange.js";

const SAVING_SHOWN_AFTER = 1200;

class SharedNotes extends HTMLElement {
  #exchange = null;
  #view = null;
  #writing = new Compartment();
  #shown = "";
  #timer = null;

  connectedCallback() {
    this.addEventListener("focusin", this.#focused);
    this.addEventListener("focusout", this.#left);
    this.querySelector(".cm-editor")?.remove(); // of a page that was gone back to
    this.querySelector("[data-text]").hidden = false;
    this.#exchange = new Exchange(Number(this.dataset.room));
    this.#exchange.addEventListener("opened", this.#opened);
    this.#exchange.addEventListener("state", this.#stateChanged);
  }

  disconnectedCallback() {
    this.removeEventListener("focusin", this.#focused);
    this.removeEventListener("focusout", this.#left);
    this.#left();
    clearTimeout(this.#timer);
    this.#view?.destroy();
    this.#view = null;
    this.#exchange?.end();
    this.#exchange = null;
  }

  // On a phone the composer at the thumb would stand over the text.
  #focused = () => document.documentElement.classList.add("is-noting");
  #left = () => document.documentElement.classList.remove("is-noting");

  // Notes that nobody has begun, and nobody may begin any more, stay as the server has drawn them.
  #opened = () => {
    if (!this.#exchange.isOpen) return;
    if (!this.#view) this.#begin();
    this.#stateChanged();
  };

  #begin() {
    const { text } = this.#exchange;
    const state = EditorState.create({ doc: text.toString(), extensions: this.#extensions(text) });
    this.querySelector("[data-text]").hidden = true;
    this.#view = new EditorView({ state });
    this.prepend(this.#view.dom);
  }

  #extensions(text) {
    const { label, placeholder: words, hint, most } = this.dataset;
    return [
      EditorState.lineSeparator.of("\n"),
      EditorView.lineWrapping,
      EditorView.clipboardInputFilter.of((pasted) => pasted.replace(/\r\n?/g, "\n")),
      EditorView.contentAttributes.of({
        "aria-label": label, "aria-describedby": hint, spellcheck: "true", autocorrect: "on", autocapitalize: "sentences",
      }),
      placeholder(words),
      keymap.of([{ key: "Enter", run: newLine, shift: newLine }]),
      this.#writing.of(modeOf(this.#exchange.writes)),
      binding(text, { most: Number(most), tooMuch: () => this.#show("tooMuch") }),
      cursors(text, Number(this.dataset.room), this.dataset.me, this.#company),
    ];
  }

  // This is never called while the editor is at work, unless nothing has changed.
  #follow(writes) {
    if (!this.#view || this.#view.state.facet(EditorView.editable) === writes) return;
    this.#view.dispatch({ effects: this.#writing.reconfigure(modeOf(writes)) });
  }

  #company = (names) => {
    if (this.#exchange) this.#exchange.company = names.length;
    const place = this.querySelector("[data-company]");
    const text = names.length ? this.dataset.alsoHere.replace("%s", () => names.sort().join(", ")) : "";
    if (place && place.textContent !== text) place.textContent = text;
  };

  // What is being saved is told only if it takes long: most of the time nothing moves here.
  #stateChanged = () => {
    const exchange = this.#exchange;
    if (!exchange) return;
    this.#follow(exchange.writes);
    clearTimeout(this.#timer);
    const show = () => this.#show(exchange.state);
    if (exchange.state === "sending" && this.#shown !== "waiting") this.#timer = setTimeout(show, SAVING_SHOWN_AFTER);
    else show();
  };

  #show(state) {
    const place = this.querySelector("[data-state]");
    if (!this.#exchange?.isOpen || !place) return;
    const isOver = state === "saved" && !this.#exchange.writes;
    const words = isOver ? this.dataset.over : (state === "refused" && this.#exchange.refusal) || this.dataset[state];
    place.className = `notes-state is-${isOver ? "over" : state}`;
    if (place.textContent === words) return;
    place.textContent = words;
    if (state !== this.#shown && ["refused", "anew", "tooMuch", "waiting"].includes(state)) announce(words);
    this.#shown = state;
  }
}

const modeOf = (writes) => [EditorView.editable.of(writes), EditorState.readOnly.of(!writes)];

function newLine(view) {
  view.dispatch(view.state.replaceSelection("\n"), { scrollIntoView: true, userEvent: "input" });
  return true;
}

customElements.define("shared-notes", SharedNotes);
