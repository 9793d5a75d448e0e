// <count-down deadline="1763776800000" data-say-300="Noch 5 Minuten" …><time></time></count-down>
// Counts by the server's clock, so that it shows the same second everywhere. With `grace` so many seconds follow to
// finish a sentence; with data-sound the warnings can be heard.
import { now } from "../live/clock.js";
import { announce, showNotice } from "../live/notices.js";
import { beep } from "../live/sound.js";

const SPOKEN = [300, 60, 10, 0];
const NEAR = 60;
const LAST = 10;
const JUST_NOW = 3; // seconds

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

  // Where time was taken away, so that just now a mark is reached, it is said like any other time.
  attributeChangedCallback(_name, before, deadline) {
    const isEarlier = before !== null && Number(deadline) > 0 && Number(deadline) < Number(before);
    this.#before = isEarlier ? Math.ceil(this.#remaining / 1000) + JUST_NOW : null;
    if (this.isConnected) this.#tick();
  }

  get #remaining() {
    const deadline = Number(this.getAttribute("deadline"));
    return deadline > 0 ? deadline - now() : null;
  }

  get #grace() {
    return 1000 * (Number(this.getAttribute("grace")) || 0);
  }

  #tick() {
    clearTimeout(this.#timer);
    this.#show();
    const remaining = this.#remaining;
    if (remaining !== null && remaining > -this.#grace) this.#timer = setTimeout(() => this.#tick(), (((remaining % 1000) + 1000) % 1000) + 5);
  }

  #show = () => {
    const remaining = this.#remaining;
    const seconds = remaining === null ? null : Math.max(0, Math.ceil(remaining / 1000));
    this.hidden = seconds === null;
    this.classList.toggle("is-near", seconds !== null && seconds <= NEAR);
    this.classList.toggle("is-last", seconds !== null && seconds <= LAST);
    const left = Math.max(0, Math.ceil(((remaining ?? -this.#grace) + this.#grace) / 1000));
    const isGrace = seconds === 0 && left > 0;
    this.classList.toggle("is-over", seconds === 0 && !isGrace);
    this.classList.toggle("is-grace", isGrace);
    const words = this.querySelector(".grace-words");
    if (words) words.hidden = !isGrace;
    this.#write(isGrace ? left : seconds);
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
    if (passed !== undefined && this.#before !== null) this.#warn(passed);
    this.#before = seconds;
  }

  #warn(mark) {
    const words = this.getAttribute(`data-say-${mark}`);
    announce(words);
    if (mark === 0 && this.#grace) showNotice(words);
    if (this.hasAttribute("data-sound")) beep(mark);
  }
}

customElements.define("count-down", CountDown);
