// The checklist studio: rows put in order by buttons and by dragging, and more rows for the rule of a level. Everything
// works without it: it only writes into boxes that are there.

// The rows of one list, in the order of the page; each has a box with its number.
function rowsOf(body) {
  return [...body.querySelectorAll(":scope > tr:not(.empty-form)")].filter(numberOf);
}

function numberOf(row) {
  return row.querySelector("td.field-order input[type=number]");
}

function writeNumbers(body) {
  const numbers = rowsOf(body).map(numberOf);
  const first = Math.max(1, Math.min(...numbers.map((box) => Number(box.value) || 1)));
  numbers.forEach((box, place) => (box.value = first + place));
}

function say(body, words) {
  let said = body.parentElement.nextElementSibling;
  if (!said || !said.matches(".ordering-said")) {
    said = document.createElement("p");
    said.className = "ordering-said help";
    said.setAttribute("role", "status");
    body.parentElement.after(said);
  }
  said.textContent = words;
}

function moved(body, row) {
  writeNumbers(body);
  const rows = rowsOf(body);
  say(body, `Now in place ${rows.indexOf(row) + 1} of ${rows.length}. Press Save to keep it.`);
}

function moveBy(body, row, step) {
  const rows = rowsOf(body);
  const other = rows[rows.indexOf(row) + step];
  if (!other) return;
  if (step < 0) other.before(row);
  else other.after(row);
  moved(body, row);
}

function button(sign, label, does) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "move";
  made.textContent = sign;
  made.title = label;
  made.setAttribute("aria-label", label);
  made.addEventListener("click", () => {
    does();
    made.focus();
  });
  return made;
}

// By pointer events, not by the browser's own dragging: that does not exist for fingers, and in Chromium it does not
// begin when the mouse is quick.
function handle(body, row) {
  const made = document.createElement("span");
  made.className = "drag";
  made.title = "Drag to another place";
  made.setAttribute("aria-hidden", "true");
  made.textContent = "⠿";
  let target = null;
  const aim = (at) => {
    if (target) target.classList.remove("drop-here");
    target = at;
    if (target) target.classList.add("drop-here");
  };
  const end = () => {
    aim(null);
    row.classList.remove("is-dragged");
  };
  made.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    event.preventDefault(); // no text is selected on the way
    made.setPointerCapture(event.pointerId);
    row.classList.add("is-dragged");
  });
  made.addEventListener("pointermove", (event) => {
    if (!made.hasPointerCapture(event.pointerId)) return;
    scrollNearEdge(event.clientY);
    aim(rowAt(body, event.clientX, event.clientY, row));
  });
  made.addEventListener("pointerup", (event) => {
    const at = made.hasPointerCapture(event.pointerId) && rowAt(body, event.clientX, event.clientY, row);
    end();
    if (!at) return;
    const rows = rowsOf(body);
    if (rows.indexOf(row) < rows.indexOf(at)) at.after(row);
    else at.before(row);
    moved(body, row);
  });
  made.addEventListener("pointercancel", end);
  return made;
}

// The row of this list under the pointer, whatever stands in its cells; not the one that is dragged.
function rowAt(body, x, y, dragged) {
  const under = document.elementFromPoint(x, y);
  const found = rowsOf(body).find((row) => row.contains(under));
  return found && found !== dragged ? found : null;
}

function scrollNearEdge(y) {
  if (y < 48) window.scrollBy(0, -24);
  else if (y > window.innerHeight - 48) window.scrollBy(0, 24);
}

function offerOrdering(body, row) {
  const box = numberOf(row);
  if (!box || row.querySelector(".ordering")) return;
  const made = document.createElement("span");
  made.className = "ordering";
  made.append(
    handle(body, row),
    button("↑", "Move up", () => moveBy(body, row, -1)),
    button("↓", "Move down", () => moveBy(body, row, 1)),
  );
  box.after(made);
}

function offerOrderingIn(body) {
  rowsOf(body).forEach((row) => offerOrdering(body, row));
}

// A row that was just added comes last.
document.addEventListener("formset:added", (event) => {
  const row = event.target;
  const box = numberOf(row);
  if (!box) return;
  const others = rowsOf(row.parentElement).filter((other) => other !== row);
  box.value = Math.max(0, ...others.map((other) => Number(numberOf(other).value))) + 1;
  offerOrdering(row.parentElement, row);
});

// The rule of a level: a button for one more row, and no numbers beside a fact about the post.
function offerMoreRows(list) {
  const add = button("Add a row", "Add a row", () => {
    const rows = list.querySelectorAll("[data-row]");
    const last = rows[rows.length - 1];
    const next = last.cloneNode(true);
    next.setAttribute("aria-label", `Row ${rows.length + 1}`);
    next.querySelector(".rule-number").textContent = rows.length + 1;
    next.querySelectorAll("[name]").forEach((box) => {
      box.name = box.name.replace(/-\d+-/, `-${rows.length}-`);
    });
    next.querySelector("[data-what]").value = "";
    last.after(next);
    showWhatMatters(next);
  });
  list.append(add);
  list.querySelectorAll("[data-row]").forEach(showWhatMatters);
  list.addEventListener("change", (event) => showWhatMatters(event.target.closest("[data-row]")));
}

function showWhatMatters(row) {
  row.classList.toggle("is-fact", !row.querySelector("[data-what]").value.startsWith("effect:"));
  row.classList.toggle("is-of-all", row.querySelector('[name$="-among"]').value === "");
}

function begin() {
  document.querySelectorAll(".inline-group tbody, #result_list tbody").forEach(offerOrderingIn);
  document.querySelectorAll("[data-rows]").forEach(offerMoreRows);
}

if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
else begin();
