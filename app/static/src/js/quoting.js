// <a href="/posts/33/replies/new?quote=1" data-quote="/posts/33/quote">: answers the post with a quote of it, or of
// what is marked in it, in the composer on this page; without a script the link opens the page for a reply.
import { insert } from "./writing.js";

const LONGEST = 1500;

document.addEventListener("click", async (event) => {
  const link = event.target.closest("a[data-quote]");
  const field = document.querySelector("form[data-composer] textarea[name=text]");
  if (!link || !field || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  const card = link.closest(".post, .piece");
  const part = markedIn(card);
  // An answer that was begun goes on where it is: one can quote several posts.
  if (!field.value.trim()) card.querySelector("a[data-reply]")?.click();
  try {
    const response = await fetch(`${link.dataset.quote}?part=${encodeURIComponent(part)}`);
    if (!response.ok || !field.offsetParent) throw new Error(response.statusText);
    put(field, await response.text());
  } catch {
    location.assign(link.href);
  }
});

function markedIn(card) {
  const selection = getSelection();
  const text = card.querySelector(".post-text");
  const isInside = text && selection.rangeCount && text.contains(selection.getRangeAt(0).commonAncestorContainer);
  return isInside ? selection.toString().slice(0, LONGEST) : "";
}

// Behind what is there, with an empty line between.
function put(field, quote) {
  const end = field.value.trimEnd().length;
  insert(field, (end ? "\n\n" : "") + quote, end, field.value.length);
  field.scrollIntoView({ block: "nearest" });
}
