// <dot-picker data-most="3" data-left="%d von 3 Punkten übrig"> around number fields with − and + buttons, or checkboxes </dot-picker>
// Nobody gives more than they have, and sees how much is left. Without scripts the server counts.
class DotPicker extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", this.#step);
    this.addEventListener("input", this.#limit);
    this.addEventListener("turbo:morph-element", this.#show);
    document.addEventListener("page:changed", this.#show);
    queueMicrotask(this.#show);
  }

  disconnectedCallback() {
    document.removeEventListener("page:changed", this.#show);
  }

  get #fields() {
    return [...this.querySelectorAll("input[type=number], input[type=checkbox]")];
  }

  get #most() {
    return Number(this.dataset.most);
  }

  get #given() {
    return this.#fields.reduce((sum, field) => sum + dotsOf(field), 0);
  }

  #step = ({ target }) => {
    const button = target.closest("button[data-step]");
    if (!button || button.getAttribute("aria-disabled") === "true") return;
    const field = fieldOf(button);
    field.value = Math.max(0, dotsOf(field) + Number(button.dataset.step));
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };

  // What is too much goes from the field that was changed last.
  #limit = ({ target }) => {
    const over = this.#given - this.#most;
    if (over > 0 && target.type === "number") target.value = Math.max(0, dotsOf(target) - over);
    if (over > 0 && target.type === "checkbox") target.checked = false;
    this.#show();
  };

  #show = () => {
    const left = this.#most - this.#given;
    const output = this.querySelector("output");
    const text = (this.dataset.left ?? "").replace("%d", left);
    if (output && output.textContent !== text) output.textContent = text;
    for (const button of this.querySelectorAll("button[data-step]")) {
      const isAtEnd = Number(button.dataset.step) > 0 ? left <= 0 : dotsOf(fieldOf(button)) === 0;
      if (button.getAttribute("aria-disabled") !== String(isAtEnd)) button.setAttribute("aria-disabled", isAtEnd);
    }
  };
}

const fieldOf = (button) => button.parentElement.querySelector("input");
const dotsOf = (field) => (field.type === "checkbox" ? Number(field.checked) : Math.max(0, Math.floor(Number(field.value)) || 0));

customElements.define("dot-picker", DotPicker);
