// Guards what belongs to the person while the page is morphed: touched fields, open details, errors to be mended.
const touched = new WeakSet();

// What is being morphed in: where it comes from, and how new it is for a given element.
let coming = null;

export function whileComing(origin, versionFor, morph) {
  coming = { origin, versionFor };
  try {
    return morph();
  } finally {
    coming = null;
  }
}

export const isTouched = (field) => touched.has(field);

function touch(field) {
  if (field.type === "radio" && field.form) {
    for (const radio of field.form.elements) if (radio.name === field.name) touched.add(radio);
  }
  touched.add(field);
}

document.addEventListener("input", (event) => touch(event.target), true);
document.addEventListener("change", (event) => touch(event.target), true);
document.addEventListener("reset", (event) => {
  for (const field of event.target.elements) touched.delete(field);
}, true);

// Going back, or a browser that fills in again what was there: the person's text, though nobody has typed just now.
function touchFilled() {
  for (const field of document.querySelectorAll("textarea, input:not([type=hidden])")) {
    if (field.value !== field.defaultValue || field.checked !== field.defaultChecked) touch(field);
  }
}

document.addEventListener("turbo:load", touchFilled);
document.addEventListener("turbo:render", touchFilled);

// What the server has given back to be mended, and what it said about it: no other answer has that in it.
const givenBack = new WeakSet();
let refused = "";

document.addEventListener("turbo:submit-end", ({ detail: { formSubmission, success } }) => {
  refused = success ? "" : formSubmission.formElement.getAttribute("action");
});

document.addEventListener("turbo:render", () => {
  if (!refused) return;
  const forms = [...document.forms].filter((form) => form.getAttribute("action") === refused);
  for (const element of [...forms, ...document.querySelectorAll("[role=alert]")]) givenBack.add(element);
  refused = "";
});

function keepsAttribute(element, name) {
  switch (name) {
    case "open":
      return element.matches("details, dialog");
    case "value":
    case "checked":
    case "selected":
      return touched.has(element.closest("select") ?? element) || element.matches("input[type=hidden][name=key]") || isOfTyped(element);
    case "style":
      return true; // ours, or a text field's size; the server sends none
    case "tabindex":
      return element === document.activeElement;
    case "aria-busy":
    case "aria-disabled":
      return element.matches("form, button");
    case "data-held":
    case "data-since":
      return true;
    case "hidden":
      return element.hasAttribute("data-held");
    default:
      return false;
  }
}

// What somebody types was begun from this version: with a newer one it would go over what others have written since.
function isOfTyped(element) {
  if (coming?.origin === "answer" || !element.matches("input[type=hidden][name=version]")) return false;
  return [...(element.form?.elements ?? [])].some((field) => touched.has(field));
}

const isToBeMended = (element) => element.matches("form") && element.querySelector("[aria-invalid=true]");

function keepsElement(element, next) {
  if (element.hasAttribute("data-kept")) return true;
  if (coming?.origin !== "answer" && (givenBack.has(element) || isToBeMended(element))) return true;
  const known = Number(element.dataset?.version ?? NaN);
  if (Number.isNaN(known)) return false;
  if (next) return next.id === element.id && Number(next.dataset?.version ?? NaN) < known;
  return known > (coming?.versionFor?.(element) ?? Infinity);
}

document.addEventListener("turbo:before-morph-attribute", (event) => {
  if (keepsAttribute(event.target, event.detail.attributeName)) event.preventDefault();
});

document.addEventListener("turbo:before-morph-element", (event) => {
  const { currentElement, newElement } = event.detail;
  if (keepsElement(currentElement, newElement)) event.preventDefault();
});
