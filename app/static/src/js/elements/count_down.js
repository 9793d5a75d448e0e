// <count-down deadline="1763776800000" data-say-300="Noch 5 Minuten" …><time></time></count-down>
// Counts by the server's clock, so that it shows the same second everywhere.
import { now } from "../live/clock.js";
import { announce } from "../live/notices.js";

const SPOKEN = [300, 60, 10, 0];
const NEAR = 60;
const LAST = 10;

class CountDown extends HTMLElement {
  static observedAttributes = ["deadline"];
  #timer = null;
  #before = null;

  connectedCallback() {
    this.addEventListener("turbo:morph-element", this.#show);
    this.#tick();
  }

  disconnectedCallback() {
    this.removeEventListener("turbo:morph-element", this.#show);
    clearTimeout(this.#timer);
  }

  attributeChangedCallback() {
    this.#before = null;
    if (this.isConnected) this.#tick();
  }

  get #remaining() {
    const deadline = Number(this.getAttribute("deadline"));
    return deadline > 0 ? deadline - now() : null;
  }

  #tick() {
    clearTimeout(this.#timer);
    this.#show();
    const remaining = this.#remaining;
    if (remaining !== null && remaining > 0) this.#timer = setTimeout(() => this.#tick(), (remaining % 1000) + 5);
  }

  #show = () => {
    const remaining = this.#remaining;
    const seconds = remaining === null ? null : Math.max(0, Math.ceil(remaining / 1000));
    this.hidden = seconds === null;
    this.classList.toggle("is-near", seconds !== null && seconds <= NEAR);
    this.classList.toggle("is-last", seconds !== null && seconds <= LAST);
    this.classList.toggle("is-over", seconds === 0);
    this.#write(seconds);
    if (seconds !== null) this.#say(seconds);
  };

  #write(seconds) {
    const time = this.querySelector("time");
    if (!time) return;
    const text = seconds === null ? "" : `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    if (time.textContent !== text) time.textContent = text;
  }

  #say(seconds) {
    const passed = SPOKEN.find((mark) => this.#before > mark && seconds <= mark);
    if (passed !== undefined && this.#before !== null) announce(this.getAttribute(`data-say-${passed}`));
    this.#before = seconds;
  }
}

customElements.define("count-down", CountDown);
