// A quiet list: what others add waits behind a button ("2 neue") until the reader asks for it.
import { isAnswering, markSince } from "./answering.js";

const quiet = (element) => element.closest("[data-quiet]");

export const isHeld = (item) => item.hasAttribute("data-held");

export function hold(container, item) {
  if (!container.hasAttribute("data-quiet") || isOwn(item)) return;
  if (isAnswering(container)) return markSince(item);
  if (![...container.children].some((child) => child.id && !isHeld(child))) return;
  item.setAttribute("data-held", "");
  item.hidden = true;
}

// What I wrote myself is nothing new to me.
const isOwn = (item) => [...document.querySelectorAll("mine-marks")].some(({ dataset }) =>
  (dataset.own ?? "").split(/\s+/).includes(item.id) || (dataset.author && dataset.author === item.dataset.author));

export function release(item) {
  item.removeAttribute("data-held");
  item.hidden = false;
}

// The whole page was fetched anew: what it adds to quiet lists waits, too, or is marked for who is answering.
export function holdNew(page) {
  for (const container of page.querySelectorAll("[data-quiet][id]")) {
    const present = document.getElementById(container.id);
    if (!present) continue;
    for (const item of container.children) {
      if (item.id && !document.getElementById(item.id)) hold(present, item);
    }
  }
}

// In a steady list the order is the reader's own: a page that was fetched anew does not change it.
export function keepOrder(page) {
  for (const list of page.querySelectorAll("[data-steady][id]")) {
    const present = document.getElementById(list.id);
    const order = new Map([...(present?.children ?? [])].map((item, place) => [item.id, place]));
    const known = [...list.children].filter((item) => order.has(item.id)).sort((one, other) => order.get(one.id) - order.get(other.id));
    list.append(...known);
  }
}

export function showHeld() {
  releaseStrays();
  for (const container of document.querySelectorAll("[data-quiet]")) {
    const count = container.querySelectorAll(":scope > [data-held]").length;
    let button = container.previousElementSibling;
    if (!button?.matches(".quiet-button")) button = count ? placeButton(container) : null;
    if (!button) continue;
    if (!count) button.remove();
    else button.textContent = label(container, count);
  }
}

// A list that is quiet no longer holds nothing back.
function releaseStrays() {
  document.querySelectorAll("[data-held]").forEach((item) => quiet(item.parentElement) || release(item));
  for (const button of document.querySelectorAll(".quiet-button")) {
    if (!button.nextElementSibling?.hasAttribute("data-quiet")) button.remove();
  }
}

function placeButton(container) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "quiet-button";
  button.classList.toggle("is-in-place", container.hasAttribute("data-steady"));
  button.dataset.kept = "";
  container.before(button);
  return button;
}

function label({ dataset }, count) {
  return ((count === 1 ? dataset.quietOne : dataset.quietMany) ?? "+%d").replace("%d", count);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest(".quiet-button");
  const container = button && button.nextElementSibling && quiet(button.nextElementSibling);
  if (!container) return;
  const items = [...container.querySelectorAll(":scope > [data-held]")];
  items.forEach(release);
  showHeld();
  if (items[0]) {
    items[0].tabIndex = -1;
    items[0].focus();
  }
});

document.addEventListener("turbo:before-cache", () => document.querySelectorAll("[data-held]").forEach(release));
document.addEventListener("turbo:before-cache", showHeld);
