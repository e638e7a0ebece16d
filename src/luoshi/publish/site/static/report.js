// Words and their item light up together; without this script the links between them work all the same.
"use strict";
(() => {
  const both = (mark) => [mark, document.getElementById(mark.hash.slice(1))];
  for (const mark of document.querySelectorAll("a.c[href^='#']")) {
    const [words, card] = both(mark);
    if (!card) continue;
    for (const one of [words, card]) {
      const set = (on) => { words.classList.toggle("lit", on); card.classList.toggle("lit", on); };
      for (const name of ["mouseenter", "focusin"]) one.addEventListener(name, () => set(true));
      for (const name of ["mouseleave", "focusout"]) one.addEventListener(name, () => set(false));
    }
  }
})();
