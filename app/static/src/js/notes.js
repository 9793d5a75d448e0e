// For the pages of a breakout room: the text that everybody in it writes at once.
import "./elements/shared_notes.js";
