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

if (navigator.clipboard) document.querySelectorAll("[data-copy]").forEach(offerToCopy);
document.querySelectorAll("[data-print]").forEach(offerToPrint);
