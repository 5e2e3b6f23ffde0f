// What the pages of moderators can do better with script. Every page works without it.

const form = document.getElementById("reading");

// Keys of one letter press what carries them as data-key. None counts while somebody types, or with Ctrl, Alt or Meta.
function pressByKey() {
  const sheet = document.getElementById("keys");
  sheet.hidden = false;
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return;
    if (event.key === "Escape" && event.target.matches("input, select, textarea")) return event.target.blur();
    if (event.target.matches("input, select, textarea, [contenteditable]")) return;
    const done = event.key === "?" ? showSheet(sheet) : press(event.key);
    if (done) event.preventDefault();
  });
}

function showSheet(sheet) {
  sheet.open = !sheet.open;
  if (sheet.open) sheet.querySelector("summary").focus();
  return true;
}

function press(key) {
  const button = /^[a-z]$/.test(key) && document.querySelector(`[data-key="${key}"]`);
  if (button && !button.closest("[hidden]")) {
    button.click();
    return true;
  }
  if (!form) return false;
  if (key === "j" || key === "k") return goToFinding(key === "j" ? 1 : -1);
  if (key === "a" || key === "x") return judge(key === "a" ? "agree" : "overturn");
  const decision = ["stands", "corrected", "withdrawn"][["1", "2", "3"].indexOf(key)];
  return Boolean(decision) && choose(form.querySelector(`[name="decision"][value="${decision}"]`));
}

function goToFinding(step) {
  const findings = [...form.querySelectorAll(".finding")];
  const here = findings.indexOf(document.activeElement.closest(".finding"));
  const next = findings[here < 0 && step > 0 ? 0 : here + step];
  next?.focus();
  return Boolean(next);
}

function judge(verdict) {
  const finding = document.activeElement.closest(".finding");
  if (!choose(finding?.querySelector(`input[value="${verdict}"]`))) return false;
  if (verdict === "overturn") finding.querySelector("input[name$='-why']").focus();
  return true;
}

function choose(radio) {
  if (radio) radio.checked = true;
  return Boolean(radio);
}

// Words selected in the post become a row under "What it missed": the words, and about where they stand.
function offerToAddSelected() {
  const offer = document.querySelector("[data-add-selected]");
  if (!offer) return;
  offer.hidden = false;
  let last = null;
  document.addEventListener("selectionchange", () => {
    const place = selectedPlace();
    if (place) last = place;
  });
  offer.querySelector("button").addEventListener("click", () => {
    if (!last) return;
    const row = emptyRow();
    if (!row) return;
    row.querySelector("[name$='-words']").value = last.words;
    row.querySelector("[name$='-near']").value = last.near;
    row.querySelector("select").focus();
  });
}

function selectedPlace() {
  const selection = getSelection();
  const post = document.querySelector("#post .post");
  if (selection.isCollapsed || !post) return null;
  const range = selection.getRangeAt(0);
  if (!post.contains(range.commonAncestorContainer)) return null;
  const stretch = range.startContainer.parentElement.closest("[data-at]");
  if (!stretch) return null;
  // Code points, as the server counts, and not the pairs that a browser counts.
  const before = [...range.startContainer.data.slice(0, range.startOffset)].length;
  return { words: selection.toString(), near: Number(stretch.dataset.at) + before };
}

function emptyRow() {
  const rows = document.getElementById("missed-rows");
  const free = [...rows.children].find((row) => !row.querySelector("[name$='-words']").value);
  return free ?? addRow(rows);
}

function addRow(rows) {
  const total = form.elements["missed-TOTAL_FORMS"];
  if (Number(total.value) >= Number(form.elements["missed-MAX_NUM_FORMS"].value)) return null;
  const row = document.getElementById("missed-empty").content.firstElementChild.cloneNode(true);
  for (const part of row.querySelectorAll("[name], [id], [for]")) {
    for (const name of ["name", "id", "for"]) {
      if (part.hasAttribute(name)) part.setAttribute(name, part.getAttribute(name).replace("__prefix__", total.value));
    }
  }
  rows.append(row);
  total.value = Number(total.value) + 1;
  return row;
}

function addRowsHere() {
  form.querySelector("[data-more]")?.addEventListener("click", (event) => {
    const row = addRow(document.getElementById("missed-rows"));
    if (!row) return;
    event.preventDefault();
    row.querySelector("select").focus();
  });
}

// The note of the chosen reason, without asking the server; what somebody wrote is never written over.
function beginNotesHere() {
  const reason = form.elements.reason;
  const note = form.elements.note;
  if (!reason) return;
  const rules = [...form.querySelectorAll("[data-reason]")];
  const isTemplate = (text) => !text.trim() || rules.some((rule) => rule.dataset.note === text);
  reason.addEventListener("change", () => {
    const rule = rules.find((one) => one.dataset.reason === reason.value);
    if (rule && isTemplate(note.value)) note.value = rule.dataset.note;
  });
}

if (document.body.dataset.shortcuts !== "off") pressByKey();
if (form) {
  offerToAddSelected();
  addRowsHere();
  beginNotesHere();
}
