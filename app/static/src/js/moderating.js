// For the cockpit, the remote, and the hall's pages of those who lead.
import "./keys.js";
import "./elements/aspect_board.js";
import "./elements/on_screen.js";
import "./elements/room_drag.js";
import "./elements/seat_picks.js";
