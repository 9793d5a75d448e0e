// Single keys for people who moderate: [data-key="n"] is clicked on "n", "?" lists them; they can be switched off.
const SWITCH = "shortcuts-off";

const isOff = () => localStorage.getItem(SWITCH) === "yes";
const isWriting = (element) => element?.matches?.("input, textarea, select, [contenteditable]");

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  if (isOff() || isWriting(event.target) || document.querySelector("dialog[open]")) return;
  if (event.key === "?") {
    document.getElementById("shortcuts")?.showModal();
    return;
  }
  const button = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (!button || button.matches(":disabled, [aria-disabled=true]")) return;
  event.preventDefault();
  if (isWriting(button)) button.focus();
  else button.click();
});

document.addEventListener("change", ({ target }) => {
  if (target.matches("[data-shortcuts-switch]")) localStorage.setItem(SWITCH, target.checked ? "no" : "yes");
});

function showSwitch() {
  for (const box of document.querySelectorAll("[data-shortcuts-switch]")) box.checked = !isOff();
}

document.addEventListener("turbo:load", showSwitch);
