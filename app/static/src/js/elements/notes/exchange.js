// Shared notes between this page and the server. Nothing is sent before the page has all that is there; what is sent
// counts as saved when the server says so; what comes live is numbered, so that a gap is noticed and asked for.
import * as Y from "yjs";
import { pauseBefore, rest } from "../../live/again.js";
import { ask, toBytes, toText } from "./packets.js";
import { keep, keptBefore, placeOf } from "./kept.js";

const ROOT = "notes";
const TOGETHER = 350; // milliseconds of typing that are sent as one
const TOGETHER_MOST = 2000; // where many write at once
const PER_WRITER = 60;
const MOST = 24_000; // bytes sent as one, unless one stroke or undoing is larger
const FOLDED_AFTER = 60; // updates
const UNDERWAY = 1500;
const ASK_AGAIN = 2500;
const ASK_AGAIN_REFUSED = 30_000;
const UNHEARD = 25_000; // two pulses

const AWAY = [401, 403, 404];
const UNFIT = 422;

export class Exchange extends EventTarget {
  document = new Y.Doc();
  text = this.document.getText(ROOT);
  writes = false; // whether the server takes what is written
  isUnfit = false; // what was written here will never be taken
  #room;
  #epoch = "";
  #version = -1; // all up to here is in the document
  #revision = null;
  #heardAt = 0;
  #waiting = []; // updates that the server has not got yet, the oldest first
  #adopted = []; // where other pages of this browser have kept theirs
  #opening = false;
  #again = false;
  #sending = false;
  #timer = null;
  #checks = null;
  #failures = 0;
  #refused = ""; // what the server said to what was written,
  #shut = ""; // and to whoever wanted to read
  #company = 0;
  #ended = false;

  constructor(room) {
    super();
    this.#room = room;
    this.document.on("update", (update, origin) => origin !== this && this.#typed(update));
    document.addEventListener("packet:heard", this.#heard);
    document.addEventListener("packet:connected", this.#connected);
    document.addEventListener("packet:gone", this.#gone);
    this.#checks = setInterval(() => this.#mindSilence(), 5000);
    this.open();
  }

  get channel() {
    return `notes:${this.#room}`;
  }

  get isOpen() {
    return this.#epoch !== "";
  }

  // "anew": these notes are no more; "refused": not taken as it is; "waiting": for the connection; "sending"; "saved".
  get state() {
    if (this.#ended) return "anew";
    if (!this.#waiting.length) return "saved";
    if (this.refusal || (this.#revision !== null && !this.writes)) return "refused";
    return this.#revision === null || this.#failures ? "waiting" : "sending";
  }

  // What the server said last, if it did not take what was written.
  get refusal() {
    return this.#shut || this.#refused;
  }

  // Others who write make everybody send less often, so that a room of thirty stays quick.
  set company(count) {
    this.#company = count;
  }

  get #pause() {
    return Math.min(TOGETHER + PER_WRITER * this.#company, TOGETHER_MOST);
  }

  end() {
    this.#ended = true;
    clearTimeout(this.#timer);
    clearInterval(this.#checks);
    document.removeEventListener("packet:heard", this.#heard);
    document.removeEventListener("packet:connected", this.#connected);
    document.removeEventListener("packet:gone", this.#gone);
    ask("unsubscribe", { channel: this.channel });
  }

  #tell(name) {
    this.dispatchEvent(new Event(name));
  }

  // Getting what is there

  async open() {
    if (this.#opening || this.#ended) {
      this.#again = true;
      return;
    }
    this.#opening = true;
    this.#again = false;
    const had = this.#version;
    const answer = await ask("open_notes", { room: this.#room, epoch: this.#epoch, version: had });
    this.#opening = false;
    if (this.#ended) return;
    if (answer?.ok) this.#opened(answer, had);
    else this.#notOpened(answer);
    this.#tell("state");
    if (this.#again) this.open();
  }

  #opened(answer, had) {
    if (this.#epoch && (answer.epoch !== this.#epoch || answer.version < had)) return this.#begunAnew();
    const isFirst = !this.#epoch;
    this.#revision = Math.max(this.#revision ?? 0, answer.revision);
    this.#heardAt = performance.now();
    this.#shut = "";
    this.#epoch = answer.epoch;
    this.writes = answer.writes && !this.isUnfit;
    for (const update of [answer.document, ...answer.updates]) if (update) this.#apply(toBytes(update));
    this.#version = Math.max(this.#version, answer.version);
    if (isFirst && this.isOpen) this.#adopt();
    this.#tell("opened");
    this.#sendSoon(0);
  }

  #notOpened(answer) {
    if (AWAY.includes(answer?.status)) this.writes = false;
    this.#shut = answer?.retry_after ? "" : (answer?.error ?? "");
    const pause = answer?.retry_after ? 1000 * answer.retry_after : answer ? ASK_AGAIN_REFUSED : ASK_AGAIN;
    setTimeout(() => this.#revision === null && this.open(), pause * (1 + Math.random()));
  }

  // The database is another one than before: nothing fits, and nothing is thrown away unseen.
  #begunAnew() {
    this.writes = false;
    if (!this.#waiting.length) return location.reload();
    this.end();
    this.#tell("state");
  }

  // What was typed before a reload, and had not been sent.
  #adopt() {
    for (const [place, updates] of keptBefore(this.#room, this.#epoch)) {
      this.#adopted.push(place);
      for (const update of updates) this.#apply(update);
      this.#waiting.push(...updates);
    }
    this.#keep();
  }

  #apply(update) {
    Y.applyUpdate(this.document, update, this);
  }

  // What comes live

  #heard = ({ detail: { name, message } }) => {
    if (name === "change" && message.channel === this.channel) this.#changed(message);
    if (name === "pulse" && message.channels?.[this.channel]) this.#compare(message.channels[this.channel]);
    if (name === "resync" && message.channel === this.channel) this.open();
  };

  #changed({ revision, html }) {
    this.#heardAt = performance.now();
    const missed = this.#revision !== null && revision > this.#revision + 1;
    if (this.#revision !== null) this.#revision = revision;
    for (const { number, update } of updatesIn(html)) this.#take(number, update);
    if (missed || !this.isOpen) this.open();
  }

  // Numbers come in order; one that is known is nothing new, and one that is missing is asked for.
  #take(number, update) {
    if (number <= this.#version) return;
    if (update) this.#apply(toBytes(update));
    if (update && number === this.#version + 1) this.#version = number;
    else this.open();
  }

  #compare({ revision }) {
    this.#heardAt = performance.now();
    // The message that makes the difference may just be on its way.
    setTimeout(() => this.#revision !== null && revision > this.#revision && this.open(), UNDERWAY);
  }

  #mindSilence() {
    if (this.#revision === null || performance.now() - this.#heardAt < UNHEARD) return;
    this.#gone();
    this.open();
  }

  #connected = () => {
    this.#revision = null;
    this.open();
  };

  #gone = () => {
    this.#revision = null;
    this.#tell("state");
  };

  // Sending what is typed

  #typed(update) {
    this.#waiting.push(update);
    if (this.#waiting.length > FOLDED_AFTER && !this.#sending) this.#fold();
    this.#keep();
    this.#sendSoon(this.#pause);
    this.#tell("state");
  }

  // Who types for long without a connection keeps few updates, not one for each letter.
  #fold() {
    const folded = [];
    while (this.#waiting.length) folded.push(merged(this.#waiting.splice(0, this.#nextPart().length)));
    this.#waiting = folded;
  }

  #keep() {
    if (this.isOpen && !this.isUnfit) keep(placeOf(this.#room, this.#epoch, this.document.clientID), this.#waiting);
  }

  #sendSoon(pause) {
    if (this.#timer === null && this.#waiting.length) {
      this.#timer = setTimeout(() => { this.#timer = null; this.#send(); }, pause);
    }
  }

  async #send() {
    if (this.#sending || this.#ended || this.#revision === null || !this.writes) return;
    const part = this.#nextPart();
    if (!part.length) return;
    this.#sending = true;
    const update = toText(merged(part));
    const answer = await ask("write_notes", { room: this.#room, epoch: this.#epoch, update });
    this.#sending = false;
    if (this.#ended) return;
    if (answer?.ok) this.#sent(part.length);
    else await this.#notSent(answer);
    this.#tell("state");
    this.#sendSoon(answer?.ok ? this.#pause : 0);
  }

  #nextPart() {
    let [count, size] = [0, 0];
    for (const { length } of this.#waiting) {
      if (count && size + length > MOST) break;
      count += 1;
      size += length;
    }
    return this.#waiting.slice(0, count);
  }

  #sent(count) {
    this.#failures = 0;
    this.#refused = "";
    this.#waiting.splice(0, count);
    this.#keep();
    if (this.#waiting.length) return;
    for (const place of this.#adopted.splice(0)) keep(place, []);
    this.#keep();
  }

  // Whatever it is, it would be refused for ever: the page shows it still, and begins anew when it is loaded again.
  #unfit() {
    keep(placeOf(this.#room, this.#epoch, this.document.clientID), []);
    for (const place of this.#adopted.splice(0)) keep(place, []);
    this.isUnfit = true;
    this.writes = false;
  }

  async #notSent(answer) {
    this.#failures += 1;
    if (answer?.status === UNFIT) return this.#unfit();
    const isLater = !answer || answer.retry_after;
    this.#refused = isLater ? "" : answer.error;
    this.#tell("state");
    if (!isLater) this.open(); // is the round over, or are we no longer in this room?
    await rest(answer?.retry_after ? 1000 * answer.retry_after : pauseBefore(null, this.#failures));
  }
}

const merged = (updates) => (updates.length > 1 ? Y.mergeUpdates(updates) : updates[0]);

// A change is streams for a page; ours hold updates, which are none of the page's.
function updatesIn(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  return [...page.querySelectorAll("turbo-stream > template")]
    .flatMap(({ content }) => [...content.querySelectorAll("notes-update")])
    .map(({ dataset }) => ({ number: Number(dataset.number), update: dataset.update }));
}
