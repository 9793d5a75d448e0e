// <room-arrival room="12" round="5" data-moved="You are in room 3 now: …"></room-arrival>
// Whoever was in another room of the round, and has been moved since, is told where they are now; whoever comes into
// their first room knows it.
import { showNotice } from "../live/notices.js";
import { person } from "../page.js";

const HEARD = 300; // ms after which a screen reader minds what a new page says

class RoomArrival extends HTMLElement {
  connectedCallback() {
    const place = `room:${person()}:${this.getAttribute("round")}`;
    const [room, before] = [this.getAttribute("room"), last(place, this.getAttribute("room"))];
    if (before && before !== room) setTimeout(() => this.isConnected && showNotice(this.dataset.moved), HEARD);
  }
}

// The room in which this tab was before, which is from now on this one.
function last(place, room) {
  try {
    const before = sessionStorage.getItem(place);
    sessionStorage.setItem(place, room);
    return before;
  } catch {
    return null;
  }
}

customElements.define("room-arrival", RoomArrival);
