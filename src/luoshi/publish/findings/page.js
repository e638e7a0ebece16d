"use strict";
const cards = [...document.querySelectorAll(".card")];
const boxes = [...document.querySelectorAll(".filters input[value]")];
const shown = () => cards.filter((card) => !card.hidden);
const filter = () => {
  const wanted = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
  for (const card of cards) card.hidden = !wanted.has(card.dataset.severity);
  for (const row of document.querySelectorAll(".row")) {
    row.classList.toggle("quiet", ![...row.querySelectorAll(".card")].some((card) => !card.hidden));
  }
};
for (const box of boxes) box.addEventListener("change", filter);
document.getElementById("only").addEventListener("change", (event) => {
  document.body.classList.toggle("only", event.target.checked);
});
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || !"jk".includes(event.key) || event.key.length !== 1) return;
  const list = shown();
  if (!list.length) return;
  const here = list.indexOf(document.activeElement);
  const step = event.key === "j" ? 1 : -1;
  const next = here < 0 ? (step > 0 ? 0 : list.length - 1) : (here + step + list.length) % list.length;
  list[next].focus();
  list[next].scrollIntoView({ block: "center" });
});
