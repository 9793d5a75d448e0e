// Where the others are in the text, by person and not by page: a thin line with a name that shows while they move.
import * as Y from "yjs";
import { StateEffect, StateField } from "@codemirror/state";
import { Decoration, EditorView, ViewPlugin, WidgetType } from "@codemirror/view";
import { say, toBytes, toText } from "./packets.js";

const PAUSE = 400; // between two places that are told
const PER_WRITER = 60; // longer for each of the others,
const PAUSE_MOST = 2000; // so that a room of thirty stays quick
const AGAIN = 8000; // for those who came later
const LASTS = 20_000;
const NAMED = 3000;
const LOOKS = 6;
const NOWHERE = { anchor: "", head: "" };

const placed = StateEffect.define(); // all cursors anew

const shown = StateField.define({
  create: () => Decoration.none,
  update: (marks, transaction) =>
    transaction.effects.reduce((all, effect) => (effect.is(placed) ? effect.value : all), marks.map(transaction.changes)),
  provide: (field) => EditorView.decorations.from(field),
});

export function cursors(text, room, me, counted) {
  const channel = `notes:${room}`;
  return [shown, ViewPlugin.define((view) => new Cursors(view, text, room, channel, me, counted))];
}

class Cursors {
  #others = new Map(); // who -> {name, anchor, head, at, movedAt}
  #said = JSON.stringify(NOWHERE);
  #saidAt = 0;
  #timer = null;
  #again = null;
  #drawing = null;

  constructor(view, text, room, channel, me, counted) {
    Object.assign(this, { view, text, room, channel, me, counted });
    document.addEventListener("packet:heard", this.#heard);
    this.#again = setInterval(() => this.#repeat(), 2000);
  }

  destroy() {
    document.removeEventListener("packet:heard", this.#heard);
    clearInterval(this.#again);
    clearTimeout(this.#timer);
    clearTimeout(this.#drawing);
  }

  update({ selectionSet, docChanged, focusChanged }) {
    if (selectionSet || docChanged || focusChanged) this.#sayLater();
  }

  #repeat() {
    const before = performance.now() - LASTS;
    if (this.#others.size) this.#draw(); // which comes after those who have gone are taken out
    for (const [who, { at }] of this.#others) if (at < before) this.#others.delete(who);
    if (this.view.hasFocus && performance.now() - this.#saidAt > AGAIN) this.#say(true);
  }

  #sayLater() {
    const pause = Math.min(PAUSE + PER_WRITER * this.#others.size, PAUSE_MOST);
    this.#timer ??= setTimeout(() => { this.#timer = null; this.#say(); }, pause);
  }

  #say(isRepeated = false) {
    const places = this.view.hasFocus && this.view.state.facet(EditorView.editable) ? this.#ownPlaces() : NOWHERE;
    const said = JSON.stringify(places);
    if (said === this.#said && !isRepeated) return;
    this.#said = said;
    this.#saidAt = performance.now();
    say("point_in_notes", { room: this.room, ...places });
  }

  #ownPlaces() {
    const { anchor, head } = this.view.state.selection.main;
    const name = (at) => toText(Y.encodeRelativePosition(Y.createRelativePositionFromTypeIndex(this.text, at)));
    return { anchor: name(anchor), head: name(head) };
  }

  #heard = ({ detail: { name, message } }) => {
    if (name !== "points_in_notes" || message.channel !== this.channel || message.who === this.me) return;
    const { who, anchor, head } = message;
    if (!head) this.#others.delete(who);
    else this.#others.set(who, { ...message, at: performance.now(), movedAt: this.#movedAt(who, anchor + head) });
    this.#draw();
  };

  #movedAt(who, place) {
    const before = this.#others.get(who);
    return before && before.anchor + before.head === place ? before.movedAt : performance.now();
  }

  // Not while the editor itself is being brought up to date.
  #draw() {
    this.#drawing ??= setTimeout(() => {
      this.#drawing = null;
      this.view.dispatch({ effects: placed.of(this.#marks()) });
      this.counted([...this.#others.values()].map((each) => each.name));
    });
  }

  #marks() {
    const marks = [...this.#others.values()].flatMap((each) => this.#marksOf(each));
    return Decoration.set(marks, true);
  }

  #marksOf({ who, name, anchor, head, movedAt }) {
    const [from, to] = [this.#placeOf(anchor), this.#placeOf(head)];
    if (to === null) return [];
    const look = Number(who.split("-").at(-1)) % LOOKS;
    const isNamed = performance.now() - movedAt < NAMED;
    const line = Decoration.widget({ widget: new Cursor(name, look, isNamed), side: 1 }).range(to);
    if (from === null || from === to) return [line];
    const selected = Decoration.mark({ class: `notes-selected is-look-${look}` });
    return [line, selected.range(Math.min(from, to), Math.max(from, to))];
  }

  #placeOf(place) {
    try {
      const found = Y.createAbsolutePositionFromRelativePosition(Y.decodeRelativePosition(toBytes(place)), this.text.doc);
      return found?.type === this.text ? Math.min(found.index, this.view.state.doc.length) : null;
    } catch {
      return null; // what somebody has made up
    }
  }
}

class Cursor extends WidgetType {
  constructor(name, look, isNamed) {
    super();
    Object.assign(this, { name, look, isNamed });
  }

  eq(other) {
    return other.name === this.name && other.look === this.look && other.isNamed === this.isNamed;
  }

  toDOM() {
    const line = document.createElement("span");
    line.className = `notes-cursor is-look-${this.look}${this.isNamed ? " is-named" : ""}`;
    line.setAttribute("aria-hidden", "true");
    line.dataset.name = this.name;
    return line;
  }

  ignoreEvent() {
    return true;
  }
}
