// <copy-text data-done="Kopiert"><input readonly value="…"><button type="button">Kopieren</button></copy-text>
import { announce, showNotice } from "../live/notices.js";

class CopyText extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", this.#clicked);
  }

  disconnectedCallback() {
    this.removeEventListener("click", this.#clicked);
  }

  #clicked = async (event) => {
    if (!event.target.closest("button")) return;
    const source = this.querySelector("input, textarea, [data-copy]");
    try {
      // Browsers lack the clipboard on plain http: then the text is selected for copying by hand.
      await navigator.clipboard.writeText(source.value ?? source.textContent.trim());
      showNotice(this.dataset.done);
    } catch {
      select(source);
      announce(this.dataset.selected);
    }
  };
}

function select(source) {
  if (source.select) {
    source.focus();
    source.select();
  } else {
    getSelection().selectAllChildren(source);
  }
}

customElements.define("copy-text", CopyText);
