// <link-picker for="text" data-url="/spaces/3/linkables"><button data-open>…</button><dialog>…</dialog></link-picker>
// Lists what came out of the space's events; what is chosen stands as an address in a line of its own, and is shown as a card.
import { showNotice } from "../live/notices.js";
import { insert } from "../writing.js";

class LinkPicker extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", this.#clicked);
    this.addEventListener("input", this.#filtered);
    this.addEventListener("keydown", keepFromSending);
  }

  disconnectedCallback() {
    this.removeEventListener("click", this.#clicked);
    this.removeEventListener("input", this.#filtered);
    this.removeEventListener("keydown", keepFromSending);
  }

  get #dialog() {
    return this.querySelector("dialog");
  }

  #clicked = ({ target }) => {
    const chosen = target.closest("[data-path]");
    if (target.closest("[data-open]")) this.#open();
    else if (chosen) this.#take(chosen.dataset.path);
    else if (target.closest("[data-close]") || target === this.#dialog) this.#dialog.close();
  };

  async #open() {
    try {
      const response = await fetch(this.dataset.url, { headers: { Accept: "text/html" } });
      if (!response.ok) throw new Error(response.statusText);
      // The server has made this HTML safe.
      this.querySelector("[data-list]").innerHTML = await response.text();
      this.querySelector("[data-filter]").value = "";
      this.#dialog.showModal();
    } catch {
      showNotice(this.dataset.failed);
    }
  }

  // The filter's own input is nothing that is being composed.
  #filtered = (event) => {
    event.stopPropagation();
    const wanted = event.target.value.toLowerCase().split(/\s+/);
    let some = false;
    for (const section of this.querySelectorAll("section")) {
      for (const item of section.querySelectorAll("li")) {
        item.hidden = !wanted.every((word) => item.textContent.toLowerCase().includes(word));
      }
      section.hidden = !section.querySelector("li:not([hidden])");
      some ||= !section.hidden;
    }
    this.querySelector("[data-empty]").hidden = some || !this.querySelector("section");
  };

  #take(path) {
    this.#dialog.close();
    const field = document.getElementById(this.getAttribute("for"));
    const [before, after] = [field.value.slice(0, field.selectionStart), field.value.slice(field.selectionEnd)];
    const gap = !before || before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n";
    insert(field, `${gap}${location.origin}${path}\n${after.startsWith("\n") ? "" : "\n"}`);
  }
}

// Enter in the filter would send the form around it.
function keepFromSending(event) {
  if (event.key === "Enter" && event.target.matches("[data-filter]")) event.preventDefault();
}

customElements.define("link-picker", LinkPicker);
