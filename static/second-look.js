// What a page can do better with script. Every page works without it, and every function stands alone.

function buttonThat(does, label) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "quiet";
  button.textContent = label;
  button.addEventListener("click", does);
  return button;
}

// <input readonly data-copy="Copy the link" data-copied="Copied">: a button after it copies what it holds.
function offerToCopy(field) {
  const said = document.createElement("span");
  said.setAttribute("role", "status");
  const copy = async () => {
    said.textContent = "";
    try {
      await navigator.clipboard.writeText(field.value);
      said.textContent = field.dataset.copied;
    } catch {
      field.select();
    }
  };
  field.after(buttonThat(copy, field.dataset.copy), said);
}

// <ul data-print="Print">: a last row with a button that prints the page.
function offerToPrint(list) {
  const row = document.createElement("li");
  row.append(buttonThat(() => window.print(), list.dataset.print));
  list.append(row);
}

// <details data-script="…">: the script that helps with what is inside is fetched when it is first opened. It weighs more
// than the page.
function loadWhenOpened(details) {
  const load = () => {
    const script = document.createElement("script");
    script.src = details.dataset.script;
    document.head.append(script);
  };
  if (details.open) load();
  else details.addEventListener("toggle", load, { once: true });
}

// <input type="hidden" name="script">: tells the server that a page can wait and look again by itself.
function tellOfScript(field) {
  field.value = "1";
}

// A page that only waits is replaced by where it leads, so that going back does not lead into it again.
function replaceWhatWaited(event) {
  const address = event.detail.ctx.hx.redirect;
  if (!address) return;
  event.preventDefault();
  location.replace(address);
}

// “Leave this site”: the page goes blank at once and its address is replaced, so that going back does not lead here.
// Shift three times does the same, when no other key or press comes between and all within two seconds.
function leaveQuickly(link) {
  const hint = link.querySelector("[hidden]");
  const said = document.getElementById("leave-said");
  let times = [];
  let alone = false;
  const leave = () => {
    document.documentElement.hidden = true;
    document.title = "";
    location.replace(link.href);
  };
  const forget = () => {
    times = [];
    alone = false;
    said.textContent = "";
  };
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    leave();
  });
  addEventListener("keydown", (event) => {
    if (event.key !== "Shift") forget();
    else if (!event.repeat) alone = true;
  }, true);
  addEventListener("keyup", (event) => {
    if (event.key !== "Shift" || !alone) return;
    alone = false;
    times = [...times.filter((time) => event.timeStamp - time < 2000), event.timeStamp];
    if (times.length === 3) leave();
    else if (times.length === 2) said.textContent = said.dataset.once;
  }, true);
  addEventListener("pointerdown", forget, true);
  // A page that a browser kept for going back was left on purpose: ask for it anew.
  addEventListener("pageshow", (event) => {
    if (event.persisted && document.documentElement.hidden) location.reload();
  });
  hint.hidden = false;
}

if (navigator.clipboard) document.querySelectorAll("[data-copy]").forEach(offerToCopy);
document.querySelectorAll("[data-print]").forEach(offerToPrint);
document.querySelectorAll("[data-script]").forEach(loadWhenOpened);
document.querySelectorAll("[name=script]").forEach(tellOfScript);
document.addEventListener("htmx:after:request", replaceWhatWaited);
leaveQuickly(document.querySelector(".leave"));
