// Brings a page that has missed something up to date: fetches it by hand and morphs it in place.
// Turbo's own refresh shows the browser's error page when the server is down just then, and takes the text with it.
import { Turbo } from "./turbo.js";
import { pauseBefore, rest } from "./again.js";
import { forgetRemoved, stripRemoved } from "./gate.js";
import { whileComing } from "./guard.js";
import { holdNew, keepOrder, showHeld } from "./quiet.js";
import { atRest } from "./rest.js";
import { keepingPlace } from "./stage.js";
import { meta } from "../page.js";

const STRICT = 3; // attempts in which the answer must be as new as the page is by then
const GIVE_UP = 6; // attempts after which the page is visited like a link
const ELSEWHERE = 3; // redirects or refusals until we believe them

const wanted = new Map(); // channel -> position that the answer must have reached
let running = false;
let again = false;

// A thousand pages that missed the same thing must not come at once; one that went back in its history comes soon.
export function catchUp(channel, position = 0, { soon = false } = {}) {
  if (channel) wanted.set(channel, Math.max(position, wanted.get(channel) ?? 0));
  again = true;
  if (!running) run(soon);
}

async function run(soon) {
  running = true;
  await rest(soon ? 0 : Math.random() * (Number(meta("catch-up-spread")) || 0));
  for (let failures = 0; again; ) {
    const outcome = await attempt(failures);
    if (outcome === "visit") again = false;
    failures = outcome === "later" ? failures + 1 : outcome === "elsewhere" ? Math.max(failures, 1) : 0;
    if (again) await rest(failures ? pauseBefore(refusal, failures) : Math.random() * 1000);
  }
  running = false;
}

let elsewhere = 0;
let refusal = null; // the answer that says when to come again

async function attempt(failures) {
  const url = location.href.replace(/#.*/, "");
  const known = positions(document);
  again = false;
  const page = await fetchPage(url);
  await atRest();
  if (location.href.replace(/#.*/, "") !== url) return "done"; // the person has gone on
  again ||= !page || page === "elsewhere";
  elsewhere = page === "elsewhere" ? elsewhere + 1 : 0;
  if (elsewhere >= ELSEWHERE) return visit(url);
  if (!page) return "later";
  if (page === "elsewhere") return page;
  if (isBehind(positions(page), failures < STRICT ? positions(document) : known)) {
    again = true;
    return failures < GIVE_UP ? "later" : visit(url);
  }
  show(page);
  return "done";
}

async function fetchPage(url) {
  try {
    const response = await fetch(url, { headers: { Accept: "text/html" }, cache: "no-store" });
    refusal = response.ok ? null : response;
    if (response.redirected || (response.status >= 400 && response.status < 500 && response.status !== 429)) return "elsewhere";
    if (!response.ok) return null;
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    page.querySelectorAll("noscript").forEach((element) => element.remove()); // would come alive here
    return page;
  } catch {
    refusal = null;
    return null;
  }
}

function visit(url) {
  elsewhere = 0;
  forgetRemoved();
  Turbo.visit(url, { action: "replace" });
  return "visit";
}

function positions(page) {
  const found = new Map();
  for (const { dataset } of page.querySelectorAll("[data-channel]")) {
    found.set(dataset.channel, Math.max(Number(dataset.position) || 0, found.get(dataset.channel) ?? 0));
  }
  return found;
}

function isBehind(answer, known) {
  return [...answer].some(([channel, position]) =>
    position < (known.get(channel) ?? 0) || position < (wanted.get(channel) ?? 0));
}

function show(page) {
  const [answer, known] = [positions(page), positions(document)];
  document.title = page.title;
  for (const { name, content } of page.querySelectorAll("meta[name]")) {
    document.querySelector(`meta[name="${name}"]`)?.setAttribute("content", content);
  }
  stripRemoved(page.body);
  document.dispatchEvent(new CustomEvent("page:coming", { detail: { page } }));
  holdNew(page);
  keepOrder(page);
  const positionFor = (element) => answer.get(element.closest("[data-channel]")?.dataset.channel);
  keepingPlace(() => {
    whileComing("catch-up", positionFor, () => Turbo.morphBodyElements(document.body, page.body));
    for (const { dataset } of document.querySelectorAll("[data-channel]")) {
      dataset.position = Math.max(Number(dataset.position) || 0, known.get(dataset.channel) ?? 0);
    }
    wanted.clear();
    showHeld();
    document.dispatchEvent(new CustomEvent("page:changed"));
  });
}

// Whoever goes back to a page that has missed something gets to see it as it was: let it be fetched then.
document.addEventListener("turbo:before-cache", () => {
  if (running) document.querySelectorAll("[data-channel]").forEach(({ dataset }) => { dataset.position = 0; });
});

// A page that has just come has all that was missed on the one before it.
document.addEventListener("turbo:load", () => {
  wanted.clear();
  again = false;
});
