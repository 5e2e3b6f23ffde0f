// Second Look: what script adds to pages that work without it. Each part stands alone.

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

leaveQuickly(document.querySelector(".leave"));
