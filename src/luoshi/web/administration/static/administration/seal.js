// Copying and printing a seal; without script one marks the line and prints by the browser's own menu.
"use strict";
for (const button of document.querySelectorAll("[data-copies], [data-prints]")) button.hidden = false;
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copies], [data-prints]");
  if (!button) return;
  if ("prints" in button.dataset) return window.print();
  const line = document.getElementById(button.dataset.copies);
  line.select();
  try {
    await navigator.clipboard.writeText(line.value);
  } catch {
    document.execCommand("copy"); // pages without https have no clipboard
  }
  button.textContent = button.dataset.copied;
});
