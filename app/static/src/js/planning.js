// For the pages on which rounds are planned.
import "./elements/people_picks.js";
