// The reader with script: either side follows the other, keys go from item to item, words chosen become an item.
"use strict";

(() => {
  const reader = document.querySelector("[data-reader]");
  if (!reader) return;
  const text = reader.querySelector(".reader-text");
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const narrow = matchMedia("(max-width: 52rem)");
  const cardOf = (item) => document.getElementById(`i-${item}`);
  const promises = (item) => text.querySelectorAll(`.promise[data-item="${CSS.escape(item)}"]`);
  const near = (element, block) => element?.scrollIntoView({ block, behavior: calm ? "auto" : "smooth" });

  // Both sides of one item are marked; the side that was not touched comes into view.
  const go = (item, from) => {
    for (const old of reader.querySelectorAll(".here:is(.promise, .item)")) old.classList.remove("here");
    const card = cardOf(item);
    card?.classList.add("here");
    for (const one of promises(item)) one.classList.add("here");
    if (from === "text") near(card, narrow.matches ? "start" : "nearest");
    else near(promises(item)[0] ?? document.getElementById(card?.querySelector("[data-words]")?.dataset.words), "center");
    history.replaceState(null, "", `#i-${item}`);
  };
  reader.addEventListener("click", (event) => {
    const promise = event.target.closest(".promise");
    const words = event.target.closest("[data-words]");
    if (promise) {
      event.preventDefault();
      if (getSelection().isCollapsed) go(promise.dataset.item, "text");
    } else if (words) {
      event.preventDefault();
      go(words.closest("[data-card]").dataset.card, "items");
    }
  });
  // Keys: views.py lists them for the reader's dialog.
  const here = () => reader.querySelector("[data-card].here");
  const to = (by) => {
    const cards = [...reader.querySelectorAll("[data-card]")];
    const next = cards[Math.min(cards.length - 1, Math.max(0, cards.indexOf(here()) + by))];
    if (!next) return;
    go(next.dataset.card, "items");
    near(next, "nearest");
    next.querySelector("[data-words]").focus({ preventScroll: true });
  };
  const across = () => {
    const card = here();
    const words = card && promises(card.dataset.card)[0];
    if (!words) return;
    const inText = text.contains(document.activeElement);
    near(inText ? card : words, inText ? "nearest" : "center");
    (inText ? card.querySelector("[data-words]") : words).focus({ preventScroll: true });
  };
  const follow = (found) => found && location.assign(found.href);
  const hit = (word) => reader.querySelector(`[data-step="${word}"]`)?.click();
  const keys = {
    j: () => to(1),
    k: () => to(-1),
    g: across,
    o: () => follow(here()?.querySelector(".item-do [data-way=item]")),
    e: () => follow(here()?.querySelector(".item-do [data-way=correct]")),
    u: () => follow(document.querySelector("[data-units]")),
    n: () => hit("1"),
    p: () => hit("-1"),
    "/": () => document.getElementById("id_q").focus(),
    "?": () => document.getElementById("keys").showModal(),
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea, dialog[open]")) return;
    if (!keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  });

  // The places found: on to the next, back to the one before.
  const hits = reader.querySelector("[data-hits]");
  if (hits) {
    const count = Number(hits.dataset.hits);
    let at = 0;
    const step = (by) => {
      at = ((at - 1 + by + count) % count) + 1;
      text.querySelector("mark.here")?.classList.remove("here");
      const mark = document.getElementById(`hit-${at}`);
      mark.classList.add("here");
      near(mark, "center");
      hits.textContent = `${at} / ${count}`;
    };
    const button = (word, by) => {
      const made = Object.assign(document.createElement("button"), { type: "button", textContent: word });
      made.className = "button button-small";
      made.dataset.step = by;
      made.addEventListener("click", () => step(by));
      return made;
    };
    const english = document.documentElement.lang === "en";
    hits.after(button(english ? "Before" : "上一处", -1), button(english ? "Next" : "下一处", 1));
    step(1);
  }

  // The heading that is read now, in the contents.
  const outline = new Map([...reader.querySelectorAll(".reader-outline a")].map((a) => [a.hash.slice(1), a]));
  const seen = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      if (!entry.isIntersecting) continue;
      for (const a of outline.values()) a.classList.remove("here");
      outline.get(entry.target.id)?.classList.add("here");
    }
  }, { rootMargin: "0px 0px -70% 0px" });
  for (const heading of text.querySelectorAll(".part")) seen.observe(heading);

  // Words that are chosen can become an item: with what stands before and behind them, to tell them apart.
  const add = document.querySelector("[data-add]");
  if (add) {
    const button = Object.assign(document.createElement("a"), { className: "button button-primary button-small selecting", hidden: true });
    button.textContent = document.documentElement.lang === "en" ? "Make these words an item" : "把这段话补成事项";
    document.body.append(button);
    const around = (range, before) => {
      const beside = document.createRange();
      beside.selectNodeContents(text);
      if (before) beside.setEnd(range.startContainer, range.startOffset);
      else beside.setStart(range.endContainer, range.endOffset);
      const words = beside.toString();
      return before ? words.slice(-12) : words.slice(0, 12);
    };
    document.addEventListener("selectionchange", () => {
      const chosen = getSelection();
      const words = chosen.toString().trim();
      button.hidden = chosen.isCollapsed || words.length < 4 || words.length > 400 || !text.contains(chosen.anchorNode) || !text.contains(chosen.focusNode);
      if (button.hidden) return;
      const range = chosen.getRangeAt(0);
      const box = range.getBoundingClientRect();
      button.style.setProperty("left", `${Math.min(box.left + scrollX, innerWidth - 200)}px`);
      button.style.setProperty("top", `${box.bottom + scrollY + 6}px`);
      const asked = new URLSearchParams({ quote: words, before: around(range, true), after: around(range, false) });
      button.href = `${add.getAttribute("href")}?${asked}`;
    });
  }

  const wanted = location.hash.startsWith("#i-") ? location.hash.slice(3) : "";
  if (wanted && cardOf(wanted)) go(wanted, "items");
})();
