// Single keys for people who moderate; they can be switched off.
// [data-key="n"] is pressed on "n", or gets the focus if it is a field or no control at all; "?" lists them.
// "ctrl+z" is a key too, and "ctrl+shift+z"; on a Mac it is Cmd.
// [data-card-key="h"] is pressed on "h" while its card has the focus, or else the pointer; "j" and "k" go from card to card.
import { fillList } from "./key_list.js";

const SWITCH = "shortcuts-off";
const CARD = "li:not(.menu li), article, section";
const TYPED = "textarea, select, [contenteditable], input:not([type=checkbox], [type=radio], [type=button], [type=submit])";
const OFF = ":disabled, [aria-disabled=true], [hidden]";

const isOff = () => localStorage.getItem(SWITCH) === "yes";
const isTypedInto = (element) => element?.matches?.(TYPED) ?? false;
const cardOf = (button) => button.closest(CARD);

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.altKey || event.repeat || event.key.length !== 1) return;
  if (isOff() || isTypedInto(event.target) || document.querySelector("dialog[open]")) return;
  if (obey(nameOf(event))) event.preventDefault();
});

function nameOf({ key, ctrlKey, metaKey, shiftKey }) {
  const held = ctrlKey || metaKey ? `ctrl+${shiftKey ? "shift+" : ""}` : "";
  return held + key.toLowerCase();
}

function obey(key) {
  if (key === "?") return openList();
  if (key === "j" || key === "k") return goToCard(key === "j" ? 1 : -1);
  const card = buttonOfCard(key, document.activeElement) ?? buttonOfCard(key, pointedAt());
  const control = card ?? [...document.querySelectorAll(`[data-key~="${CSS.escape(key)}"]`)].find((each) => !each.matches(OFF));
  if (!control) return false;
  if (isTypedInto(control) || !control.matches("button, a, input, summary")) control.focus();
  else control.click();
  return true;
}

const pointedAt = () => [...document.querySelectorAll(":hover")].pop();

// The innermost card around a place that has a button for this key.
function buttonOfCard(key, place) {
  for (let card = place?.closest?.(CARD); card; card = card.parentElement?.closest(CARD)) {
    const buttons = [...card.querySelectorAll(`[data-card-key~="${CSS.escape(key)}"]`)];
    const own = buttons.find((button) => cardOf(button) === card && !button.matches(OFF));
    if (own) return own;
  }
  return undefined;
}

function goToCard(step) {
  const cards = [...new Set([...document.querySelectorAll("[data-card-key]")].map(cardOf))]
    .filter((card) => card?.getClientRects().length);
  if (!cards.length) return false;
  const here = cards.map((card) => card.contains(document.activeElement)).lastIndexOf(true);
  const card = cards[here < 0 && step < 0 ? cards.length - 1 : Math.min(Math.max(here + step, 0), cards.length - 1)];
  if (!card.hasAttribute("tabindex")) card.tabIndex = -1;
  card.focus();
  card.scrollIntoView({ block: "nearest" });
  return true;
}

function openList() {
  const list = document.getElementById("shortcuts");
  if (!list) return false;
  fillList(list);
  list.showModal();
  return true;
}

document.addEventListener("click", ({ target }) => {
  if (target.closest?.("[data-opens=shortcuts]")) fillList(document.getElementById("shortcuts"));
}, true);

document.addEventListener("change", ({ target }) => {
  if (target.matches("[data-shortcuts-switch]")) localStorage.setItem(SWITCH, target.checked ? "no" : "yes");
});

function showSwitch() {
  for (const box of document.querySelectorAll("[data-shortcuts-switch]")) box.checked = !isOff();
}

document.addEventListener("turbo:load", showSwitch);
showSwitch();
