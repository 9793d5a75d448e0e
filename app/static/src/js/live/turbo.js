// Turbo, set up for pages on which several things are sent at once.
import * as Turbo from "@hotwired/turbo";

// A disabled button loses its focus; an aria-disabled one keeps it.
Turbo.config.forms.submitter = "aria-disabled";

// Turbo aborts a submission when the next one, or a visit, begins: on a slow line the first of two quick taps
// would be lost. Let it finish instead; its streams are applied, only its redirect is no longer followed.
Turbo.navigator.stop = function () {
  delete this.formSubmission;
  this.currentVisit?.cancel();
  delete this.currentVisit;
};

// Turbo takes the focus back, a frame later, to where it was when a message came: also from the field that somebody has
// gone to meanwhile. Whoever draws sees to it at once (stage.js).
Turbo.session.streamMessageRenderer.render = ({ fragment }) => document.documentElement.append(fragment);

export { Turbo };
