// The page where a screenshot is chosen: paste it or drop it too, and hear at once when it is too big. The form works without.

function helpWithPicture(form) {
  const input = form.querySelector("[type=file]");
  const button = form.querySelector("button");
  const said = form.querySelector("[role=status]");
  const kinds = input.accept.split(",");

  const check = () => {
    const [picture] = input.files;
    if (!picture) return;
    if (picture.size > form.dataset.most) {
      input.value = "";
      said.textContent = form.dataset.tooBig;
    } else {
      said.textContent = form.dataset.chosen;
    }
  };
  const take = (files) => {
    const picture = [...files].find((file) => kinds.includes(file.type));
    if (!picture) {
      if (files.length) said.textContent = form.dataset.noPicture;
      return;
    }
    const one = new DataTransfer();
    one.items.add(picture);
    input.files = one.files;
    check();
    button.focus();
  };

  input.addEventListener("change", check);
  document.addEventListener("paste", (event) => take(event.clipboardData?.files ?? []));
  document.addEventListener("dragover", (event) => event.preventDefault());
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    take(event.dataTransfer.files);
  });
  form.addEventListener("submit", (event) => {
    // Twice would read it twice.
    if (button.getAttribute("aria-disabled")) event.preventDefault();
    button.setAttribute("aria-disabled", "true");
    said.textContent = form.dataset.reading;
  });
  // Back from the page with the words: the button works again.
  addEventListener("pageshow", () => {
    button.removeAttribute("aria-disabled");
    said.textContent = "";
    check();
  });
  form.querySelector("[data-with-script]").hidden = false;
}

helpWithPicture(document.querySelector("[data-picture-form]"));
