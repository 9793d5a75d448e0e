// Short notices at the page's edge, and sentences for screen readers; both are polite.
const STAYS = 8000;

export function showNotice(text) {
  const place = document.getElementById("notices");
  if (!place || !text) return;
  const notice = document.createElement("p");
  notice.className = "notice toast-notice";
  notice.textContent = text;
  place.append(notice);
  setTimeout(() => notice.remove(), STAYS);
}

export function announce(text) {
  const place = document.getElementById("announcer");
  if (!place || !text) return;
  // The same sentence twice is only spoken when the node is new.
  const sentence = document.createElement("p");
  sentence.textContent = text;
  place.replaceChildren(sentence);
}

// Sentences that scripts need stand in the layout, in the person's language: <template id="words-busy">.
export function words(name) {
  return document.getElementById(`words-${name}`)?.content.textContent.trim() ?? "";
}

document.addEventListener("turbo:before-cache", () => document.getElementById("notices")?.replaceChildren());
