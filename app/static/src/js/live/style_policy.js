// Turbo puts a style element for its progress bar into the head, which our content policy forbids: keep it out.
// The rules stand in our own style sheet (_base.scss). Must be imported before Turbo.
document.head.insertBefore = function (node, before) {
  if (node instanceof HTMLStyleElement) {
    delete document.head.insertBefore;
    return node;
  }
  return Node.prototype.insertBefore.call(this, node, before);
};
