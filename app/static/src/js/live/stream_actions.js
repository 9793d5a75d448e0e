// Stream actions of our own: go to another page, show a notice, take a fresh token.
import { Turbo } from "./turbo.js";
import { catchUp } from "./catch_up.js";
import { showNotice } from "./notices.js";

let journey = null;

// Turbo's own would fetch at once, and fail badly.
Turbo.StreamActions.refresh = () => catchUp();

// <turbo-stream action="catch-up" target="step-4"></turbo-stream>: only the pages that show it.
Turbo.StreamActions["catch-up"] = function () {
  if (!this.target || this.targetElements.length) catchUp();
};

// <turbo-stream action="visit" href="/events/ABC234" jitter="1500" replace yields="yes"></turbo-stream>
Turbo.StreamActions.visit = function () {
  const url = new URL(this.getAttribute("href"), location.href);
  if (url.origin !== location.origin) return;
  const action = this.hasAttribute("replace") ? "replace" : "advance";
  const leave = () => (this.hasAttribute("yields") && stays()) || go(url, action);
  clearTimeout(journey);
  journey = setTimeout(leave, Math.random() * (Number(this.getAttribute("jitter")) || 0));
};

// Whoever is writing in <form data-stays="You can finish writing here."> is not led away; the page changes around them.
function stays() {
  const form = [...document.querySelectorAll("form[data-stays]")].find(isBegun);
  if (!form) return false;
  showNotice(form.dataset.stays);
  catchUp();
  return true;
}

const isBegun = ({ elements }) => [...elements].some((field) => field.matches("textarea") && field.value !== field.defaultValue);

function go(url, action) {
  if (url.href === location.href) catchUp();
  else Turbo.visit(url, { action });
}

// <turbo-stream action="arrive" target="post-5" href="/threads/1?at=5#post-5"></turbo-stream>: to what one has just written.
Turbo.StreamActions.arrive = function () {
  const [present] = this.targetElements;
  if (present) return present.scrollIntoView({ block: "nearest" });
  const url = new URL(this.getAttribute("href"), location.href);
  if (url.origin === location.origin) go(url, "advance");
};

// <turbo-stream action="notice"><template>Die Abfrage ist beendet.</template></turbo-stream>
Turbo.StreamActions.notice = function () {
  showNotice(this.templateContent.textContent.trim());
};

// <turbo-stream action="token" value="…"></turbo-stream>: the page was open for so long that its token had run out.
Turbo.StreamActions.token = function () {
  const token = this.getAttribute("value");
  document.querySelector("meta[name=csrf-token]")?.setAttribute("content", token);
  for (const field of document.querySelectorAll("input[name=csrf_token]")) field.value = token;
};
