// In place of CodeMirror's own style-mod: it puts style elements into the page, which our content policy forbids.
// What its editor needs stands in our own style sheet (_notes.scss).
let names = 0;

export class StyleModule {
  static newName() {
    names += 1;
    return `cm-own-${names}`;
  }

  static mount() { /* nothing is put into the page */ }

  getRules() {
    return "";
  }
}
