// What the shell does with script; every page also works without it.
"use strict";

// Dialogs: the link that opens one would jump to it where there is no script.
document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  const dialog = opener && document.getElementById(opener.dataset.opens);
  if (dialog && dialog.showModal) {
    event.preventDefault();
    dialog.showModal();
  }
  if (event.target instanceof HTMLDialogElement) event.target.close();
});
// A link with the role of a button answers to the space bar, too.
document.addEventListener("keydown", (event) => {
  if (event.key === " " && event.target.matches("a[role=button]")) {
    event.preventDefault();
    event.target.click();
  }
});

// The box in a table's head chooses every row of the page.
document.addEventListener("change", (event) => {
  const form = event.target.dataset?.all;
  if (!form) return;
  for (const box of document.querySelectorAll(`input[name=chosen][form="${CSS.escape(form)}"]`)) {
    box.checked = event.target.checked;
  }
});

// The list of errors takes the focus, so that it is read out first.
const focusOnErrors = (root) => root.querySelector("[data-focus]")?.focus();

// A place for files takes what is dropped on it.
for (const place of document.querySelectorAll("[data-upload] .upload-place")) {
  const input = place.querySelector("input[type=file]");
  const over = (on) => (event) => {
    event.preventDefault();
    place.classList.toggle("upload-over", on);
  };
  place.addEventListener("dragover", over(true));
  place.addEventListener("dragleave", over(false));
  place.addEventListener("drop", (event) => {
    over(false)(event);
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
}

// A file that is too large is told before it is sent; the server looks again.
document.addEventListener("change", (event) => {
  const most = Number(event.target.dataset?.largest || 0);
  if (!most || event.target.type !== "file") return;
  const mega = most / 1048576;
  const large = [...event.target.files].find((file) => file.size > most);
  const told = document.documentElement.lang === "en" ? `larger than ${mega} MB` : `超过 ${mega} MB，请压缩或拆开`;
  event.target.setCustomValidity(large ? `${large.name}：${told}` : "");
  event.target.reportValidity();
});

// A menu of details closes by Escape and by a click elsewhere.
const openMenus = () => document.querySelectorAll("details.person[open]");
document.addEventListener("click", (event) => {
  for (const menu of openMenus()) if (!menu.contains(event.target)) menu.open = false;
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of openMenus()) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

// htmx sends the token against forged requests with everything that changes something.
document.addEventListener("htmx:configRequest", (event) => {
  event.detail.headers["X-CSRFToken"] = document.body.dataset.token;
});
document.addEventListener("htmx:afterSwap", (event) => focusOnErrors(event.detail.target));
focusOnErrors(document);
