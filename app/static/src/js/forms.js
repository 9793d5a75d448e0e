// Forms: emptied once the server has what was typed, kept otherwise; a choice can send itself.
const sent = new WeakMap();

const isText = (field) => field.matches("textarea, input:not([type=hidden], [type=checkbox], [type=radio], [type=submit])");

document.addEventListener("turbo:submit-start", ({ detail: { formSubmission } }) => {
  const fields = [...formSubmission.formElement.elements].filter(isText);
  sent.set(formSubmission, new Map(fields.map((field) => [field, field.value])));
});

document.addEventListener("turbo:submit-end", ({ detail: { formSubmission, success, fetchResponse } }) => {
  const form = formSubmission.formElement;
  if (!success || !fetchResponse?.contentType?.startsWith("text/vnd.turbo-stream.html")) return;
  if (form.hasAttribute("data-keep")) return;
  const typedSince = [...(sent.get(formSubmission) ?? [])].filter(([field, value]) => field.value !== value)
    .map(([field]) => [field, field.value]);
  form.reset();
  for (const [field, value] of typedSince) {
    field.value = value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  if (!typedSince.length) form.closest("dialog")?.close();
});

// A second Enter must not send the same text twice.
document.addEventListener("submit", (event) => {
  const isUnderWay = event.target.getAttribute("aria-busy") === "true";
  if (isUnderWay && event.target.querySelector("sent-state")) {
    event.preventDefault();
    event.stopImmediatePropagation();
  }
}, true);

document.addEventListener("change", ({ target }) => {
  if (target.matches("[data-autosubmit]")) target.form?.requestSubmit();
});
