// Stream actions of our own: go to another page, show a notice, take a fresh token.
import { Turbo } from "./turbo.js";
import { catchUp } from "./catch_up.js";
import { showNotice } from "./notices.js";

let journey = null;

// Turbo's own would fetch at once, and fail badly.
Turbo.StreamActions.refresh = () => catchUp();
Turbo.StreamActions["catch-up"] = () => catchUp();

// <turbo-stream action="visit" href="/events/ABC234" jitter="1500" replace></turbo-stream>
Turbo.StreamActions.visit = function () {
  const url = new URL(this.getAttribute("href"), location.href);
  if (url.origin !== location.origin) return;
  const action = this.hasAttribute("replace") ? "replace" : "advance";
  clearTimeout(journey);
  journey = setTimeout(() => go(url, action), Math.random() * (Number(this.getAttribute("jitter")) || 0));
};

function go(url, action) {
  if (url.href === location.href) catchUp();
  else Turbo.visit(url, { action });
}

// <turbo-stream action="fetch" href="/e/ABC234/mine" jitter="3000"></turbo-stream>: what is personal comes to each by itself.
Turbo.StreamActions.fetch = function () {
  const url = new URL(this.getAttribute("href"), location.href);
  if (url.origin !== location.origin) return;
  setTimeout(() => fetchStreams(url), Math.random() * (Number(this.getAttribute("jitter")) || 0));
};

async function fetchStreams(url) {
  try {
    const response = await fetch(url, { headers: { Accept: "text/vnd.turbo-stream.html" } });
    if (response.ok && !response.redirected) Turbo.renderStreamMessage(await response.text());
  } catch {
    // The page catches up when the connection is back.
  }
}

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
