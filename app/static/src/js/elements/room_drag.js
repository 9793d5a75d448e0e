// Dragging people from room to room in the cockpit: does what picking and "Bring … here" do, in one gesture.
const SEAT = "[data-seat]";
const ROOM = ".room-row[data-room]";
const TYPE = "application/x-seat";

// A finger scrolls; it picks by a tap.
document.addEventListener("pointerover", ({ target, pointerType }) => {
  if (pointerType === "touch") return;
  const seat = target.closest?.(SEAT);
  if (seat && !seat.draggable) seat.draggable = true;
});

document.addEventListener("dragstart", (event) => {
  const seat = event.target.closest?.(SEAT);
  if (!seat) return;
  event.dataTransfer.setData(TYPE, seat.dataset.seat);
  event.dataTransfer.effectAllowed = "move";
});

document.addEventListener("dragover", (event) => {
  const room = event.target.closest?.(ROOM);
  if (!room || !event.dataTransfer.types.includes(TYPE)) return;
  event.preventDefault();
  mark(room);
});

document.addEventListener("dragend", () => mark(null));

document.addEventListener("drop", (event) => {
  const room = event.target.closest?.(ROOM);
  const person = event.dataTransfer.getData(TYPE);
  mark(null);
  if (!room || !person) return;
  event.preventDefault();
  if (!room.querySelector(`[data-seat="${CSS.escape(person)}"]`)) bring(person, room);
});

function mark(room) {
  for (const other of document.querySelectorAll(".room-row.is-target")) if (other !== room) other.classList.remove("is-target");
  room?.classList.add("is-target");
}

// Who is dragged goes alone.
function bring(person, room) {
  const button = room.querySelector("button[form=seat-form]");
  const box = document.getElementById(`seat-${person}`);
  if (!button || !box) return;
  for (const other of document.querySelectorAll("input[form=seat-form]:checked")) other.checked = false;
  box.checked = true;
  button.click();
}
