// <markdown-preview data-url="/preview"><textarea>…</textarea><button name="preview" value="1">…</button><output hidden></output>
// Shows how the text will look; without a script the button sends the form with preview=1.
import { showNotice, words } from "../live/notices.js";
import { meta } from "../page.js";

class MarkdownPreview extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", this.#clicked);
    document.addEventListener("reset", this.#hide);
  }

  disconnectedCallback() {
    this.removeEventListener("click", this.#clicked);
    document.removeEventListener("reset", this.#hide);
  }

  #clicked = async (event) => {
    if (!event.target.closest("button[name=preview]")) return;
    event.preventDefault();
    try {
      this.#show(await this.#fetch());
    } catch {
      showNotice(words("busy"));
    }
  };

  async #fetch() {
    const field = this.querySelector("textarea");
    const response = await fetch(this.dataset.url, {
      method: "POST",
      headers: { "X-CSRFToken": meta("csrf-token"), Accept: "text/html" },
      body: new URLSearchParams({ text: field.value }),
    });
    if (!response.ok) throw new Error(response.statusText);
    return response.text();
  }

  // The server has made this HTML safe.
  #show(html) {
    const output = this.querySelector("output");
    output.innerHTML = html;
    output.hidden = false;
  }

  #hide = (event) => {
    const output = this.querySelector("output");
    if (output && event.target.contains(this)) output.hidden = true;
  };
}

customElements.define("markdown-preview", MarkdownPreview);
