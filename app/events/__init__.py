"""Events: the agenda and its steps, who takes part, the live page, the cockpit and the screen."""
