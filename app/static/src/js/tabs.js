// A row of tabs that is wider than the page begins where one is.
document.addEventListener("turbo:load", () => {
  for (const row of document.querySelectorAll(".space-tabs")) {
    const here = row.querySelector("[aria-current]");
    if (here) row.scrollLeft = here.offsetLeft - row.offsetLeft - (row.clientWidth - here.offsetWidth) / 2;
  }
});
