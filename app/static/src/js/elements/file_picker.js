// <file-picker data-url="/spaces/3/files" data-place="thread-7" data-most="8" data-limit="10485760" data-too-large="%s …" …>
//   <ul class="file-rows"></ul> <input type="file" name="files" multiple> <p class="file-state" role="status"></p>
// </file-picker> inside a form: each file is sent at once when it is chosen, dropped or pasted, and its row comes back.
// The form waits until all are there. Without a script the field is sent with the form.
import { isSoon, pauseBefore } from "../live/again.js";
import { freshKey, meta } from "../page.js";

const TRIES = 4;
const LATER = [0, 429, 502, 503, 504]; // 0: no answer

class FilePicker extends HTMLElement {
  #underWay = new Set();
  #submitter = undefined;
  #holds = false;

  connectedCallback() {
    this.addEventListener("change", this.#chosen);
    this.addEventListener("click", this.#clicked);
    this.#form?.addEventListener("dragover", this.#dragged);
    this.#form?.addEventListener("dragleave", this.#left);
    this.#form?.addEventListener("drop", this.#dropped);
    this.#form?.addEventListener("paste", this.#pasted);
    document.addEventListener("submit", this.#submits, true);
    document.addEventListener("reset", this.#reset);
    for (const row of this.#rows.children) dress(row);
  }

  disconnectedCallback() {
    document.removeEventListener("submit", this.#submits, true);
    document.removeEventListener("reset", this.#reset);
    for (const request of this.#underWay) request.abort();
  }

  get #form() { return this.closest("form"); }
  get #rows() { return this.querySelector(".file-rows"); }
  get #field() { return this.querySelector("input[type=file]"); }

  #chosen = ({ target }) => {
    if (target !== this.#field) return;
    const files = [...target.files];
    target.value = ""; // they are on their own way now
    this.#add(files);
  };

  #dragged = (event) => {
    if (![...event.dataTransfer.types].includes("Files")) return;
    event.preventDefault();
    this.classList.add("is-over");
  };

  #left = () => this.classList.remove("is-over");

  #dropped = (event) => {
    this.#left();
    if (!event.dataTransfer.files.length) return;
    event.preventDefault();
    this.#add([...event.dataTransfer.files]);
  };

  #pasted = (event) => {
    const files = [...event.clipboardData.files];
    if (!files.length || event.clipboardData.types.includes("text/plain")) return; // copied cells bring a picture, too
    event.preventDefault();
    this.#add(files);
  };

  #add(files) {
    for (const file of files) {
      if (this.#rows.querySelectorAll(":scope > :not(.is-refused)").length >= this.dataset.most) {
        this.#refuse(this.dataset.tooMany);
        break;
      } else if (file.size > this.dataset.limit) this.#refuse(this.dataset.tooLarge.replace("%s", file.name));
      else this.#send(file, rowOf(file), freshKey(), 1);
    }
  }

  #refuse(message) {
    const row = document.createElement("li");
    row.className = "file-row is-refused";
    const text = document.createElement("p");
    text.className = "field-error";
    text.textContent = message;
    const close = document.createElement("button");
    close.type = "button";
    close.className = "btn btn-bare btn-small";
    close.dataset.remove = "";
    close.textContent = this.dataset.close;
    row.append(text, close);
    this.#rows.append(row);
    this.#say(message);
  }

  // XMLHttpRequest, since fetch does not tell how far it has come.
  #send(file, row, key, attempt) {
    if (!row.isConnected) this.#rows.append(row);
    const body = new FormData();
    body.append("file", file, file.name);
    body.append("key", key);
    body.append("place", this.dataset.place);
    const request = new XMLHttpRequest();
    request.open("POST", this.dataset.url);
    request.setRequestHeader("X-CSRFToken", meta("csrf-token"));
    request.setRequestHeader("Accept", "text/html");
    const progress = row.querySelector("progress");
    request.upload.onprogress = ({ loaded, total }) => { progress.value = loaded / total; };
    request.onloadend = () => {
      this.#underWay.delete(request);
      if (!this.isConnected || !row.isConnected) return;
      if (LATER.includes(request.status) && attempt < TRIES) {
        this.#underWay.add(request);
        setTimeout(() => {
          this.#underWay.delete(request);
          if (this.isConnected && row.isConnected) this.#send(file, row, key, attempt + 1);
        }, pauseBefore(isSoon(answerTo(request)) ? answerTo(request) : null, attempt + 1));
      } else this.#answered(request, file, row);
    };
    this.#underWay.add(request);
    request.send(body);
  }

  #answered(request, file, row) {
    const isRow = /^\s*<li/.test(request.responseText);
    if (isRow) {
      const template = document.createElement("template");
      template.innerHTML = request.responseText; // made by the server
      const fresh = template.content.querySelector("li");
      row.replaceWith(fresh);
      dress(fresh);
      this.#say(request.status === 201 ? this.dataset.added.replace("%s", file.name) : fresh.textContent.trim());
    } else {
      row.remove();
      this.#refuse(this.dataset.failed.replace("%s", file.name));
    }
    if (request.status !== 201) this.#holds = false; // what is missing is for the author to decide
    this.#sendHeld();
  }

  #clicked = async (event) => {
    const button = event.target.closest("button[data-remove]");
    if (!button) return;
    const row = button.closest("li");
    const name = row.querySelector(".file-name")?.textContent;
    if (button.dataset.remove) {
      fetch(button.dataset.remove, {
        method: "DELETE",
        headers: { "X-CSRFToken": meta("csrf-token"), Accept: "text/vnd.turbo-stream.html" },
      }).catch(() => {}); // what nobody sends is deleted after a day anyway
    }
    row.remove();
    if (name) this.#say(this.dataset.removed.replace("%s", name));
    this.#field.focus();
  };

  // A text must not go without the files that were meant to go with it.
  #submits = (event) => {
    if (event.target !== this.#form || !this.#underWay.size || event.submitter?.name === "preview") return;
    event.preventDefault();
    event.stopImmediatePropagation();
    this.#holds = true;
    this.#submitter = event.submitter ?? undefined;
    this.#say(this.dataset.waiting);
  };

  #sendHeld() {
    if (!this.#holds || this.#underWay.size) return;
    this.#holds = false;
    this.#say("");
    this.#form.requestSubmit(this.#submitter?.isConnected ? this.#submitter : undefined);
  }

  #reset = (event) => {
    if (event.target !== this.#form) return;
    this.#rows.replaceChildren();
    this.#say("");
  };

  #say(text) {
    this.querySelector(".file-state").textContent = text;
  }
}

// An XMLHttpRequest's answer, as one that was fetched shows itself.
const answerTo = (request) => ({
  status: request.status,
  headers: { get: (name) => request.getResponseHeader(name) },
});

function rowOf(file) {
  const row = document.createElement("li");
  row.className = "file-row is-sending";
  const name = document.createElement("span");
  name.className = "file-name";
  name.textContent = file.name;
  const progress = document.createElement("progress");
  progress.max = 1;
  progress.setAttribute("aria-label", file.name);
  row.append(name, progress);
  return row;
}

// With a script, a button takes the place of the tick.
function dress(row) {
  for (const button of row.querySelectorAll("button[data-remove]")) button.hidden = false;
}

customElements.define("file-picker", FilePicker);
