// What the page says about itself in its head: who sees it, its token, its settings.
export function meta(name) {
  return document.querySelector(`meta[name="${name}"]`)?.content ?? "";
}

// "p12.de": the person and the language the page was rendered for.
export const identity = () => meta("identity");

// "p12": drafts belong to the person, in whatever language.
export const person = () => identity().split(".")[0];
