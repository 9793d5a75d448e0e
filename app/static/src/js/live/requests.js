// Every request carries the token; one that fails leaves the page and its text as they are, and visits try again.
import { Turbo } from "./turbo.js";
import { BUSY, isSoon, pauseBefore } from "./again.js";
import { away, back, isAway } from "./connection.js";
import { showNotice, words } from "./notices.js";
import { looksAfterItself } from "./resending.js";
import { meta } from "../page.js";

let retry = null;
let attempts = 0;

document.addEventListener("turbo:before-fetch-request", ({ detail: { fetchOptions } }) => {
  if (fetchOptions.method !== "GET") fetchOptions.headers["X-CSRFToken"] = meta("csrf-token");
});

document.addEventListener("turbo:before-fetch-response", (event) => {
  const { fetchResponse } = event.detail;
  const form = event.target instanceof HTMLFormElement ? event.target : null;
  if (!BUSY.includes(fetchResponse.statusCode)) {
    if (isAway()) back();
    return;
  }
  if (form) {
    // An error page would replace what was typed.
    event.preventDefault();
    const isStream = fetchResponse.contentType?.startsWith("text/vnd.turbo-stream.html");
    // What is sent again by itself needs no word of the server's that asks the person to do so.
    if (isSoon(fetchResponse.response)) event.stopPropagation();
    else if (!isStream && !looksAfterItself(form)) showNotice(words("busy"));
  } else if (fetchResponse.statusCode !== 429) {
    event.preventDefault();
    if (isSoon(fetchResponse.response)) showNotice(words("again"));
    else away();
    visitLater(fetchResponse.response);
  }
});

document.addEventListener("turbo:fetch-request-error", (event) => {
  away();
  if (event.target instanceof HTMLFormElement) return;
  // Turbo would reload, and the browser's error page would take our place.
  event.preventDefault();
  visitLater();
});

// A visit that is given up for another breaks off while its answer is being read; Turbo lets the error fall.
addEventListener("unhandledrejection", (event) => {
  if (event.reason?.name === "AbortError") event.preventDefault();
});

document.addEventListener("turbo:visit", () => clearTimeout(retry));
document.addEventListener("turbo:load", () => { attempts = 0; });

function visitLater(response) {
  const visit = Turbo.navigator.currentVisit;
  if (!visit) return;
  const options = { action: visit.action === "advance" ? "advance" : "replace" };
  Turbo.session.adapter.visitFailed(visit);
  document.documentElement.removeAttribute("aria-busy");
  clearTimeout(retry);
  retry = setTimeout(() => Turbo.visit(visit.location, options), pauseBefore(response, ++attempts));
}
