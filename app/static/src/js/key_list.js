// The list under "?": each key with the words of the button that brings it.
const IN_NO_NAME = "svg, kbd, .visually-hidden";
const ON_MAC = { ctrl: "⌘", shift: "⇧" };

export function fillList(list) {
  fill(list.querySelector("[data-page-keys]"), "key");
  fill(list.querySelector("[data-card-keys]"), "cardKey");
}

// One line for each key; a button may have several.
function fill(place, name) {
  const attribute = name === "key" ? "data-key" : "data-card-key";
  const lines = new Map();
  for (const control of document.querySelectorAll(`[${attribute}]`)) {
    const keys = control.dataset[name];
    if (!control.matches(":disabled, [hidden]") && !lines.has(keys)) lines.set(keys, line(keys, wordsOf(control)));
  }
  place.replaceChildren(...lines.values());
}

function wordsOf(control) {
  const named = control.dataset.keyLabel ?? control.getAttribute("aria-label") ?? control.labels?.[0]?.textContent;
  if (named) return named.trim();
  const copy = control.cloneNode(true);
  for (const part of copy.querySelectorAll(IN_NO_NAME)) part.remove();
  return copy.textContent.trim().replace(/\s+/g, " ");
}

function line(keys, words) {
  const [group, term, description] = ["div", "dt", "dd"].map((name) => document.createElement(name));
  term.append(...keys.split(/\s+/).flatMap((key) => [Object.assign(document.createElement("kbd"), { textContent: written(key) }), " "]));
  description.textContent = words;
  group.append(term, description);
  return group;
}

// As it stands on the keyboard; the list has the words for keys that are held.
function written(key) {
  const held = /Mac|iP/.test(navigator.platform) ? ON_MAC : document.getElementById("shortcuts").dataset;
  const parts = key.split("+");
  return parts.length < 2 ? key : parts.map((part) => held[part] ?? part.toUpperCase()).join("+");
}
