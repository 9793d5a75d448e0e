// A tap or a form that the server had no time for is sent again by itself, with what it held when it was sent.
// Composers with <sent-state> look after themselves.
import { Turbo } from "./turbo.js";
import { fetchPatiently, isSoon, pauseBefore, rest } from "./again.js";
import { catchUp } from "./catch_up.js";
import { showNotice, words } from "./notices.js";
import { meta } from "../page.js";

export const looksAfterItself = (form) => Boolean(form.querySelector("sent-state"));

document.addEventListener("turbo:submit-end", ({ detail: { formSubmission, success, fetchResponse } }) => {
  const { formElement: form, fetchRequest } = formSubmission;
  if (success || looksAfterItself(form) || fetchRequest.method === "get" || !isSoon(fetchResponse?.response)) return;
  showNotice(words("again"));
  sendAgain(fetchRequest, fetchResponse.response);
});

async function sendAgain({ url, method, body }, refusal) {
  const page = location.href;
  await rest(pauseBefore(refusal));
  try {
    const response = await fetchPatiently(url, {
      method: method.toUpperCase(),
      headers: { Accept: "text/vnd.turbo-stream.html, text/html", "X-CSRFToken": meta("csrf-token") },
      body,
    });
    await take(response, page);
  } catch {
    showNotice(words("busy"));
  }
}

async function take(response, page) {
  const isStream = response.headers.get("Content-Type")?.startsWith("text/vnd.turbo-stream.html");
  if (isStream) return Turbo.renderStreamMessage(await response.text());
  if (!response.ok) return showNotice(words("busy"));
  if (location.href !== page) return; // the person has gone on
  if (response.redirected && response.url !== page) Turbo.visit(response.url);
  else catchUp();
}
