// Native dialogs: buttons that open and close them, and a click beside them that closes.
document.addEventListener("click", ({ target }) => {
  if (!(target instanceof Element)) return;
  if (target.matches("dialog")) target.close();
  target.closest("[data-closes]")?.closest("dialog")?.close();
  const name = target.closest("[data-opens]")?.dataset.opens;
  const dialog = name && document.getElementById(name);
  if (dialog && !dialog.open) dialog.showModal();
});

document.addEventListener("turbo:before-cache", () => {
  for (const dialog of document.querySelectorAll("dialog[open]")) dialog.close();
});
