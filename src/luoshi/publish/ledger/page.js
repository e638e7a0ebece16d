"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const grid = document.getElementById("grid"), panel = document.getElementById("panel");
  const body = document.getElementById("panel-body"), find = document.getElementById("find");
  const w = data.words, hidden = new Set();
  let last = null;

  const make = (tag, name, ...inside) => {
    const node = document.createElement(tag);
    if (name) node.className = name;
    node.append(...inside.filter((one) => one !== null && one !== undefined && one !== ""));
    return node;
  };
  const sign = (verdict) => {
    const space = "http://www.w3.org/2000/svg", svg = document.createElementNS(space, "svg");
    svg.setAttribute("class", "mark");
    svg.setAttribute("aria-hidden", "true");
    const use = document.createElementNS(space, "use");
    use.setAttribute("href", "#v-" + verdict);
    svg.append(use);
    return svg;
  };
  const fill = (text, found) => text.replace(/\{(\w+)\}/g, (_, key) => found[key]);
  // Offsets count code points, as everywhere in luoshi; a JavaScript string counts otherwise.
  const quote = (one) => {
    const said = make("blockquote");
    if (one.s === undefined) said.append(make("mark", "", one.t), w.no_sentence);
    else {
      const points = Array.from(data.sentences[one.s]), [from, to] = one.m;
      said.append(points.slice(0, from).join(""), make("mark", "", points.slice(from, to).join("")), points.slice(to).join(""));
    }
    const place = fill(w.report, { year: one.r }) + " · " + fill(w.at, { start: one.a, end: one.z });
    said.append(make("small", "", one.score ? place + " · " + w.score + " " + one.score : place));
    return said;
  };
  const sentences = (quotes) => {
    return quotes.filter((one) => one.s === undefined).concat(merge(quotes.filter((one) => one.s !== undefined))).map(quote);
  };
  const merge = (quotes) => {
    const by = new Map();
    for (const one of quotes) {
      const held = by.get(one.s);
      by.set(one.s, held ? { ...held, a: Math.min(held.a, one.a), z: Math.max(held.z, one.z),
        m: [Math.min(held.m[0], one.m[0]), Math.max(held.m[1], one.m[1])] } : one);
    }
    return [...by.values()];
  };
  const title = (text) => { const node = make("h2", "", text); node.id = "panel-title"; return node; };

  const one = (id, back) => {
    const p = data.promises[id];
    const parts = [];
    if (back) {
      const button = make("button", "back", "← " + back.name);
      button.type = "button";
      button.onclick = () => many(back);
      parts.push(button);
    }
    parts.push(make("div", "verdict", sign(p.verdict), make("strong", "", data.verdicts[p.verdict]), make("span", "", p.state || "")));
    parts.push(title(p.name));
    parts.push(make("p", "facts", p.kind + " · " + w.due + " " + p.due));
    if (p.sum || p.why) parts.push(make("p", "sum", p.sum || "", make("small", "", p.why || "")));
    const then = p.outcome ? sentences(p.outcome) : [make("p", "", w.nothing)];
    parts.push(make("div", "two", make("section", "", make("h3", "", w.promise), quote(p.promise)), make("section", "then", make("h3", "", w.outcome), ...then)));
    const more = [];
    if (p.decided) more.push(make("h3", "", w.decided), make("p", "", p.decided.filter(Boolean).join(" · ")));
    if (p.notes) more.push(make("h3", "", w.note), make("p", "", p.notes.join("；")));
    if (p.again) more.push(make("h3", "", w.again), make("p", "", p.again.join("、")));
    if (p.also) more.push(make("h3", "", w.also), ...p.also.map(quote));
    if (p.others) more.push(make("h3", "", w.others), ...p.others.map(quote));
    if (more.length) parts.push(make("div", "more", ...more));
    show(parts);
  };
  const many = (list) => {
    const rows = list.ids.filter((id) => !hidden.has(data.promises[id].verdict)).map((id) => {
      const p = data.promises[id], button = make("button", "", sign(p.verdict), make("span", "", p.promise.s === undefined ? p.promise.t : words(p.promise)), make("em", "", data.verdicts[p.verdict]));
      button.type = "button";
      button.onclick = () => one(id, list);
      return make("li", "", button);
    });
    show([title(list.name), make("p", "facts", fill(w.count, { count: rows.length })), make("ul", "list", ...rows)]);
  };
  const words = (q) => Array.from(data.sentences[q.s]).slice(q.m[0], q.m[1]).join("");
  const show = (parts) => {
    body.replaceChildren(...parts);
    if (!panel.open) panel.showModal();
    panel.scrollTop = 0;
  };

  const cells = () => [...grid.querySelectorAll("tbody button")].filter((node) => node.offsetParent && !node.classList.contains("off"));
  const focus = (node) => {
    if (last) last.tabIndex = -1;
    last = node;
    node.tabIndex = 0;
  };
  const open = (node) => {
    focus(node);
    if (node.dataset.ids) many({ name: node.getAttribute("aria-label").split("：")[0], ids: node.dataset.ids.split(" ") });
    else one(node.dataset.id);
  };
  const step = (node, key) => {
    const cell = node.closest("td"), row = cell.parentElement;
    const near = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[key];
    const usable = (found) => [...(found?.querySelectorAll("button") ?? [])].filter((b) => !b.classList.contains("off"));
    if (near[0] === 0) {
      const mates = usable(cell), at = mates.indexOf(node) + near[1];
      if (mates[at]) return mates[at];
    }
    let [x, y] = [cell.cellIndex, row.rowIndex];
    for (;;) {
      x += near[0]; y += near[1];
      const line = grid.rows[y];
      if (!line || x < 1 || x > row.cells.length - 1) return null;
      const found = line.classList.contains("none") ? [] : usable(line.cells[x]);
      if (found.length) return near[1] < 0 ? found[found.length - 1] : found[0];
    }
  };

  grid.addEventListener("click", (event) => {
    const node = event.target.closest("button");
    if (node) open(node);
  });
  grid.addEventListener("keydown", (event) => {
    const node = event.target.closest("button");
    if (!node || !event.key.startsWith("Arrow")) return;
    event.preventDefault();
    const to = step(node, event.key);
    if (to) { focus(to); to.focus(); to.scrollIntoView({ block: "nearest", inline: "nearest" }); }
  });
  panel.addEventListener("close", () => last?.focus());
  panel.addEventListener("click", (event) => { if (event.target === panel) panel.close(); });

  const sift = () => {
    const wanted = find.value.trim().toLowerCase();
    for (const row of grid.querySelectorAll("tbody tr:not(.group)")) {
      let any = false;
      for (const node of row.querySelectorAll("button")) {
        const off = node.dataset.ids ? node.dataset.ids.split(" ").every((id) => hidden.has(data.promises[id].verdict)) : hidden.has(node.dataset.verdict);
        node.classList.toggle("off", off);
        any = any || !off;
      }
      row.classList.toggle("none", !any || !row.dataset.name.toLowerCase().includes(wanted));
    }
    for (const part of grid.tBodies) part.rows[0].classList.toggle("none", !part.querySelector("tr:not(.group):not(.none)"));
    const first = cells()[0];
    if (first && (!last || last.classList.contains("off") || !last.offsetParent)) focus(first);
  };
  for (const key of document.querySelectorAll(".key")) {
    key.addEventListener("click", () => {
      const on = key.getAttribute("aria-pressed") === "true";
      key.setAttribute("aria-pressed", String(!on));
      on ? hidden.add(key.dataset.verdict) : hidden.delete(key.dataset.verdict);
      sift();
    });
  }
  find.addEventListener("input", sift);
  sift();
  // Where not all years fit, the newest are what people came for.
  const frame = document.querySelector(".frame");
  frame.scrollLeft = frame.scrollWidth;
})();
