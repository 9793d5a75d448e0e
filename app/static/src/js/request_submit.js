// form.requestSubmit(), which Safari lacks before version 16.
HTMLFormElement.prototype.requestSubmit ??= function (submitter) {
  const button = submitter ?? Object.assign(document.createElement("button"), { type: "submit", hidden: true });
  if (!submitter) this.append(button);
  button.click();
  if (!submitter) button.remove();
};
