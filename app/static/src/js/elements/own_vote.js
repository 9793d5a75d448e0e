// <own-vote data-ballot="5-1" data-fields='{"option-7": "2", "value": "4", "reason": "…"}'>…</own-vote>
// What this person has voted. Broadcasts are the same for everybody: this fills it into the paper on all their devices,
// but not over what they are just changing, and it hides where another ballot is shown.
const changing = new WeakSet();

const paperOf = (ballot) => document.querySelector(`form[data-paper="${ballot}"]`);

class OwnVote extends HTMLElement {
  static observedAttributes = ["data-fields"];

  connectedCallback() {
    document.addEventListener("page:changed", this.#show);
    document.addEventListener("turbo:load", this.#show);
    queueMicrotask(this.#show);
  }

  disconnectedCallback() {
    document.removeEventListener("page:changed", this.#show);
    document.removeEventListener("turbo:load", this.#show);
  }

  attributeChangedCallback(_name, before) {
    if (before !== null) this.#show();
  }

  #show = () => {
    const { ballot, fields } = this.dataset;
    this.hidden = !document.querySelector(`[data-ballot="${ballot}"]:not(own-vote)`);
    const paper = paperOf(ballot);
    if (paper && !changing.has(paper)) fill(paper, JSON.parse(fields));
  };
}

function fill(paper, vote) {
  for (const field of paper.querySelectorAll("input:not([type=hidden])")) {
    if (field.type === "radio" || field.type === "checkbox") choose(field, vote);
    else write(field, vote[field.name.replace("dots-", "option-")] ?? (field.type === "number" ? "0" : ""));
  }
}

function choose(field, vote) {
  const isChosen = field.name === "value" ? vote.value === field.value : `option-${field.value}` in vote;
  if (field.checked === isChosen) return;
  field.checked = isChosen;
  changed(field);
}

function write(field, value) {
  if (field.value === value) return;
  field.value = value;
  changed(field);
}

const changed = (field) => field.dispatchEvent(new Event("input", { bubbles: true }));

document.addEventListener("input", (event) => {
  const paper = event.isTrusted && event.target.closest?.("form[data-paper]");
  if (paper) changing.add(paper);
});
document.addEventListener("click", ({ target }) => {
  const paper = target.closest?.("form[data-paper] button[data-step]")?.form;
  if (paper) changing.add(paper);
});
document.addEventListener("turbo:submit-end", ({ detail: { formSubmission, success } }) => {
  if (success) changing.delete(formSubmission.formElement);
});

customElements.define("own-vote", OwnVote);
