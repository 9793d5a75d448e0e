// Keeps CodeMirror's text and the shared one the same. Undo takes back what was typed here, and nothing of the others.
import * as Y from "yjs";
import { Annotation, EditorState } from "@codemirror/state";
import { EditorView, ViewPlugin, keymap } from "@codemirror/view";

export const fromShared = Annotation.define();
const PART = 5000; // characters
const UNDOING = { historyUndo: "undo", historyRedo: "redo" };

export function binding(text, { most, tooMuch }) {
  const here = {}; // the origin of what is typed in this page
  const history = new Y.UndoManager(text, { trackedOrigins: new Set([here]), captureTimeout: 600 });
  const turn = (way) => () => {
    history[way]();
    return true;
  };
  return [
    ViewPlugin.define((view) => new Bound(view, text, here, history)),
    EditorState.changeFilter.of((transaction) => transaction.annotation(fromShared) || fits(transaction, { most, tooMuch })),
    keymap.of([
      { key: "Mod-z", run: turn("undo"), preventDefault: true },
      { key: "Mod-y", mac: "Mod-Shift-z", run: turn("redo"), preventDefault: true },
      { key: "Mod-Shift-z", run: turn("redo"), preventDefault: true },
    ]),
    EditorView.domEventHandlers({
      beforeinput(event) {
        const way = UNDOING[event.inputType];
        if (!way) return false;
        event.preventDefault();
        return turn(way)();
      },
    }),
  ];
}

class Bound {
  constructor(view, text, here, history) {
    Object.assign(this, { view, text, here, history });
    text.observe(this.#changed);
  }

  destroy() {
    this.text.unobserve(this.#changed);
    this.history.destroy();
  }

  // Somebody else has typed, or something was undone.
  #changed = (event, { origin }) => {
    if (origin === this.here) return;
    this.view.dispatch({ changes: changesOf(event.delta), annotations: [fromShared.of(true)] });
  };

  update({ docChanged, transactions, changes }) {
    if (!docChanged || transactions.some((each) => each.annotation(fromShared))) return;
    let moved = 0;
    changes.iterChanges((from, to, _newFrom, _newTo, inserted) => {
      const typed = inserted.toString();
      if (to > from) this.#edit(() => this.text.delete(from + moved, to - from));
      this.#insert(from + moved, typed);
      moved += typed.length - (to - from);
    });
  }

  // What is pasted goes in parts, each of which the server takes at once; no letter is cut in two.
  #insert(at, typed) {
    for (let begin = 0; begin < typed.length;) {
      const isCut = /[\ud800-\udbff]/.test(typed[begin + PART - 1] ?? "");
      const part = typed.slice(begin, begin + PART - (isCut ? 1 : 0));
      const place = at + begin;
      this.#edit(() => this.text.insert(place, part));
      begin += part.length;
    }
  }

  #edit(change) {
    this.text.doc.transact(change, this.here);
  }
}

function changesOf(delta) {
  const changes = [];
  let at = 0;
  for (const step of delta) {
    if (step.insert !== undefined) changes.push({ from: at, insert: step.insert });
    const passed = step.retain ?? step.delete ?? 0;
    if (step.delete) changes.push({ from: at, to: at + passed });
    at += passed;
  }
  return changes;
}

function fits({ newDoc, startState }, { most, tooMuch }) {
  if (newDoc.length <= most || newDoc.length <= startState.doc.length) return true;
  tooMuch();
  return false;
}
