// <sound-switch hidden><button aria-pressed="false">Sound before the end</button></sound-switch>
// Switches the warnings' sound on and off; it is remembered in this browser.
import { beep, isSilent, setSilent } from "../live/sound.js";

class SoundSwitch extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", this.#turn);
    this.addEventListener("turbo:morph-element", this.#show);
    this.#show();
  }

  disconnectedCallback() {
    this.removeEventListener("click", this.#turn);
    this.removeEventListener("turbo:morph-element", this.#show);
  }

  #turn = () => {
    setSilent(!isSilent());
    this.#show();
    beep(300);
  };

  #show = () => {
    this.hidden = false;
    this.querySelector("button")?.setAttribute("aria-pressed", String(!isSilent()));
  };
}

customElements.define("sound-switch", SoundSwitch);
