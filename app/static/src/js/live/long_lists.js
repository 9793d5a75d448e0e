// A list that grows long while one looks on is laid out as one that came so (_cards.scss). CSS could count by itself, with
// :has(), but then each change in one card made the browser look at all of them.
const LONG = 100;

document.addEventListener("page:changed", () => {
  for (const list of document.querySelectorAll(".concern-list")) list.classList.toggle("is-long", list.childElementCount >= LONG);
});
