// Replying in place: the thread's one composer moves below the post that is answered, and back again.
import { holdingStill } from "./live/still.js";

const LONGEST = 80;

const home = () => document.getElementById("reply-home");
const composer = () => document.querySelector(".forum-thread form.composer");
const isPlain = (event) => event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;

document.addEventListener("click", (event) => {
  const reply = event.target.closest("a[data-reply]");
  const quoted = event.target.closest("a[data-post]");
  if (!isPlain(event)) return;
  if (event.target.closest("[data-reply-cancel]")) comeHome({ focus: true });
  else if (reply && composer() && home()) goTo(reply, event);
  else if (quoted && document.getElementById(quoted.dataset.post)) {
    event.preventDefault();
    location.hash = quoted.dataset.post;
  }
});

function goTo(link, event) {
  event.preventDefault();
  const form = composer();
  const post = link.closest("li.post");
  form.dataset.home ??= form.getAttribute("action");
  const place = document.createElement("li");
  place.className = "reply-place";
  place.dataset.kept = "";
  place.dataset.post = post.id;
  const before = form.closest(".reply-place");
  holdingStill(post, () => {
    post.after(place);
    place.append(form);
    before?.remove();
  });
  form.setAttribute("action", new URL(link.href).pathname.replace(/\/new$/, ""));
  say(form, answerTo(post, form));
  const field = form.querySelector("textarea[name=text]");
  field.focus({ preventScroll: true });
  form.scrollIntoView({ block: "nearest" });
}

function comeHome({ focus = false } = {}) {
  const form = composer();
  const place = form?.closest(".reply-place");
  if (!place || !home()) return;
  const post = document.getElementById(place.dataset.post);
  holdingStill(post, () => {
    home().append(form);
    place.remove();
  });
  form.setAttribute("action", form.dataset.home);
  say(form, "");
  if (focus) post?.querySelector("a[data-reply]")?.focus();
}

function say(form, text) {
  const line = form.querySelector(".replying");
  if (!line) return;
  line.hidden = !text;
  line.querySelector("[data-replying]").textContent = text;
}

function answerTo(post, form) {
  const name = (post.querySelector(".person-name") ?? post.querySelector(".person"))?.textContent ?? "";
  const text = post.querySelector(".post-text")?.textContent.replace(/\s+/g, " ").trim() ?? "";
  const words = form.querySelector("[data-replying]")?.dataset.replying ?? "";
  return words.replace("{name}", () => name).replace("{text}", () => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text));
}

document.addEventListener("turbo:submit-end", ({ detail: { formSubmission, success } }) => {
  const isPreview = formSubmission.submitter?.name === "preview";
  const form = composer();
  if (!success || isPreview || formSubmission.formElement !== form) return;
  // Moving takes the focus away from the button that was pressed; and what is in the form shall hear of its end before.
  const focus = form.contains(document.activeElement);
  queueMicrotask(() => comeHome({ focus }));
});

// A page that is fetched anew has the composer at its end; here it stays where it is being written in.
document.addEventListener("page:coming", ({ detail: { page } }) => {
  if (composer()?.closest(".reply-place")) page.querySelector("#reply-home form.composer")?.remove();
});

document.addEventListener("turbo:before-cache", () => comeHome());
