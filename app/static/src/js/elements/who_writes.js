// <who-writes data-thread="thread:5" data-one="%s is writing …" data-two="%s and %s are writing …" data-many="…"></who-writes>
// Says who else is writing in this thread, and lets the others know when this person does.
import { announce } from "../live/notices.js";
import { socket } from "../live/socket.js";

const LASTS = 6000;
const SAY_AGAIN = 2500;
const SPOKEN_AGAIN = 60_000;

class WhoWrites extends HTMLElement {
  #writers = new Map(); // who -> {name, timer}
  #saidAt = -SAY_AGAIN;
  #spokenAt = -SPOKEN_AGAIN;

  connectedCallback() {
    socket.on("typing", this.#heard);
    document.addEventListener("input", this.#typed);
    document.addEventListener("page:changed", this.#forgetDone);
  }

  disconnectedCallback() {
    socket.off("typing", this.#heard);
    document.removeEventListener("input", this.#typed);
    document.removeEventListener("page:changed", this.#forgetDone);
  }

  #typed = ({ target }) => {
    if (!target.matches(".forum-thread form.composer textarea[name=text]") || !target.value.trim()) return;
    if (!socket.connected || performance.now() - this.#saidAt < SAY_AGAIN) return;
    this.#saidAt = performance.now();
    socket.emit("typing", { channel: this.dataset.thread });
  };

  #heard = ({ channel, who, name }) => {
    if (channel !== this.dataset.thread || isMe(who)) return;
    clearTimeout(this.#writers.get(who)?.timer);
    const timer = setTimeout(() => this.#stops(who), LASTS);
    this.#writers.set(who, { name, timer, since: newestBy(who) });
    this.#show();
  };

  // Whoever has sent what they wrote is writing no more.
  #forgetDone = () => {
    for (const [who, { since }] of this.#writers) if (newestBy(who) !== since) this.#stops(who);
  };

  #stops(who) {
    clearTimeout(this.#writers.get(who)?.timer);
    this.#writers.delete(who);
    this.#show();
  }

  #show() {
    const names = [...this.#writers.values()].map(({ name }) => name);
    const { one, two, many } = this.dataset;
    const text = !names.length ? "" : names.reduce((said, name) => said.replace("%s", () => name), [one, two][names.length - 1] ?? many);
    if (text === this.textContent) return;
    this.textContent = text;
    if (!text || performance.now() - this.#spokenAt < SPOKEN_AGAIN) return;
    this.#spokenAt = performance.now();
    announce(text);
  }
}

const isMe = (who) => [...document.querySelectorAll("mine-marks")].some(({ dataset }) => dataset.author === who);
const newestBy = (who) => [...document.querySelectorAll("ol.posts > li.post")].findLast(({ dataset }) => dataset.author === who)?.id;

customElements.define("who-writes", WhoWrites);
