// <mine-marks data-supported="concern-3 concern-9" data-own="concern-12" data-author="account-5"></mine-marks>
// Broadcasts are the same for everybody; this marks in them what is this person's own.
import { isHeld, release, showHeld } from "../live/quiet.js";

class MineMarks extends HTMLElement {
  static observedAttributes = ["data-supported", "data-own", "data-author"];

  connectedCallback() {
    mark();
  }

  disconnectedCallback() {
    mark();
  }

  // The first values come with connectedCallback.
  attributeChangedCallback(_name, before) {
    if (before !== null) mark();
  }
}

function listed(name) {
  return new Set([...document.querySelectorAll("mine-marks")].flatMap((marks) => (marks.dataset[name] ?? "").split(/\s+/)));
}

function mark() {
  const [supported, own] = [listed("supported"), listed("own")];
  for (const button of document.querySelectorAll("[data-support]")) showSupport(button, supported.has(button.dataset.support));
  for (const author of listed("author")) {
    if (author) for (const card of document.querySelectorAll(`[data-author="${author}"]`)) own.add(card.id);
  }
  for (const card of document.querySelectorAll(".is-own")) if (!own.has(card.id)) showOwn(card, false);
  for (const id of own) {
    const card = id && document.getElementById(id);
    if (card) showOwn(card, true);
  }
}

// Only what differs is written: the observer below sees our own changes, too.
function showSupport(button, isMine) {
  if (button.getAttribute("aria-pressed") !== String(isMine)) button.setAttribute("aria-pressed", String(isMine));
  // What the next tap asks for is said outright: two quick taps, or two devices, must not undo each other.
  const wish = isMine ? "0" : "1";
  if (button.name === "supported" && button.value !== wish) button.value = wish;
}

function showOwn(card, isOwn) {
  if (isOwn && isHeld(card)) {
    // It came by the socket before the answer that says whose it is.
    release(card);
    showHeld();
  }
  if (card.classList.contains("is-own") !== isOwn) card.classList.toggle("is-own", isOwn);
  for (const control of card.querySelectorAll("[data-own-only]")) {
    if (control.hidden === isOwn && isOf(card, control)) control.hidden = !isOwn;
  }
}

// Within a card may stand another's, which says so.
function isOf(card, control) {
  const inner = control.closest("[data-own-card]");
  return !inner || inner === card || inner.contains(card);
}

new MutationObserver(mark).observe(document.documentElement, {
  subtree: true,
  childList: true,
  attributeFilter: ["aria-pressed", "class", "data-support", "hidden"],
});

customElements.define("mine-marks", MineMarks);
