// <on-screen data-shown="question-5"></on-screen>: the card that is on the screen now.
// Cards are drawn for everybody alike; this presses the button of that one, whose next tap takes it off.
class OnScreen extends HTMLElement {
  static observedAttributes = ["data-shown"];

  connectedCallback() {
    mark();
  }

  disconnectedCallback() {
    mark();
  }

  attributeChangedCallback() {
    if (this.isConnected) mark();
  }
}

function mark() {
  const shown = document.querySelector("on-screen")?.dataset.shown;
  for (const button of document.querySelectorAll("[data-shows]")) {
    const isShown = button.dataset.shows === shown;
    // Only what differs is written: the observer below sees our own changes, too.
    if (button.getAttribute("aria-pressed") !== String(isShown)) button.setAttribute("aria-pressed", String(isShown));
    const wish = isShown ? "0" : "1";
    if (button.value !== wish) button.value = wish;
  }
}

new MutationObserver(mark).observe(document.documentElement, {
  subtree: true,
  childList: true,
  attributeFilter: ["aria-pressed", "data-shows", "value"],
});

customElements.define("on-screen", OnScreen);
