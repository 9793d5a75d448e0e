// <details class="menu">: closes with Escape, with a tap elsewhere, and when another one opens. Arrow keys go through it.
const SELECTOR = "details.menu";

function closeAll(but = null) {
  for (const menu of document.querySelectorAll(`${SELECTOR}[open]`)) if (menu !== but) menu.open = false;
}

const shown = (menu) => [...menu.querySelectorAll("ul a, ul button")].filter((item) => item.offsetParent !== null);

document.addEventListener("click", ({ target }) => {
  const menu = target.closest?.(SELECTOR);
  closeAll(menu);
  if (menu?.open && target.closest("ul button")) menu.open = false;
});

document.addEventListener("keydown", (event) => {
  const menu = event.target.closest?.(SELECTOR);
  if (!menu?.open) return;
  if (event.key === "Escape") {
    menu.open = false;
    menu.querySelector("summary").focus();
  } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    const items = shown(menu);
    const step = event.key === "ArrowDown" ? 1 : -1;
    items[(items.indexOf(document.activeElement) + step + items.length) % items.length]?.focus();
  }
});

document.addEventListener("turbo:before-cache", () => closeAll());
