// What the page says about itself in its head: who sees it, its token, its settings.
export function meta(name) {
  return document.querySelector(`meta[name="${name}"]`)?.content ?? "";
}

// "p12.de": the person and the language the page was rendered for.
export const identity = () => meta("identity");

// "p12": drafts belong to the person, in whatever language.
export const person = () => identity().split(".")[0];

// A submission's own name. crypto.randomUUID is missing on plain http.
export function freshKey() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
