// Finds items by pairs of characters. The index comes as scripts, because a page opened from a folder may load scripts
// but may not fetch data. Nothing is sent anywhere.
"use strict";
const luoshi = (() => {
  const parts = new Map();
  const waiting = new Map();
  const SHOWN = 50;
  const SCORE = 0.5; // of the pairs asked for, weighed by how rare they are

  function take(kind, at, value) {
    const name = kind === "head" ? "head" : `${kind}-${at}`;
    parts.set(name, value);
  }

  function load(name) {
    if (!waiting.has(name)) {
      waiting.set(name, new Promise((done, failed) => {
        const script = document.createElement("script");
        script.src = `search/${name}.js`;
        script.onload = () => done(parts.get(name));
        script.onerror = () => failed(new Error(name));
        document.head.append(script);
      }));
    }
    return waiting.get(name);
  }

  const fold = (text) => Array.from(text.toLowerCase()).filter((char) => /[\p{L}\p{N}]/u.test(char));

  function pairs(text) {
    const found = new Set();
    for (const word of text.split(/\s+/)) {
      const chars = fold(word);
      for (let at = 0; at + 1 < chars.length; at += 1) found.add(chars[at] + chars[at + 1]);
    }
    return [...found];
  }

  function shard(pair, shards) {
    const [one, other] = Array.from(pair, (char) => char.codePointAt(0));
    return (one * 31 + other) % shards;
  }

  async function search(text) {
    const head = await load("head");
    const wanted = pairs(text);
    const scores = new Map();
    let whole = 0;
    for (const pair of wanted) {
      const part = await load(`pairs-${shard(pair, head.shards)}`);
      const steps = Object.hasOwn(part, pair) ? part[pair] : [];
      const weight = Math.log(1 + head.things / (1 + steps.length));
      whole += weight;
      let at = 0;
      for (const step of steps) {
        at += step;
        scores.set(at, (scores.get(at) || 0) + weight);
      }
    }
    const best = [...scores].filter(([, score]) => score >= SCORE * whole).sort((a, b) => b[1] - a[1] || a[0] - b[0]);
    const rows = [];
    for (const [at] of best.slice(0, SHOWN)) {
      const things = await load(`things-${Math.floor(at / head.entries)}`);
      rows.push(things[at % head.entries]);
    }
    return { rows, count: best.length };
  }

  function marked(text, words) {
    const made = document.createDocumentFragment();
    const found = words.filter((word) => word.length > 1 && text.includes(word)).sort((a, b) => b.length - a.length)[0];
    if (!found) { made.append(text); return made; }
    text.split(found).forEach((piece, at) => {
      if (at) { const mark = document.createElement("mark"); mark.textContent = found; made.append(mark); }
      made.append(piece);
    });
    return made;
  }

  function shown([path, title, colour, shape, word, text], words) {
    const row = document.createElement("li");
    row.className = "row";
    const left = document.createElement("div");
    const link = document.createElement("a");
    link.className = "title";
    link.href = path;
    link.append(marked(title, words));
    const why = document.createElement("span");
    why.className = "why";
    why.append(marked(text, words));
    left.append(link, why);
    row.append(left);
    if (colour) {
      const lamp = document.createElement("span");
      lamp.className = `lamp lamp-${colour}`;
      lamp.textContent = `${shape} ${word}`;
      const right = document.createElement("div");
      right.append(lamp);
      row.append(right);
    }
    return row;
  }

  async function run(text) {
    const told = document.getElementById("told");
    const list = document.getElementById("found");
    list.replaceChildren();
    if (!pairs(text).length) { told.textContent = text.trim() ? "请至少输入两个字。" : ""; return; }
    told.textContent = "正在找……";
    try {
      const { rows, count } = await search(text);
      told.textContent = count ? `找到 ${count} 条${count > rows.length ? `，列出最接近的 ${rows.length} 条` : ""}。` : "没有找到。换一个说法，或少写几个字。";
      list.append(...rows.map((row) => shown(row, text.trim().split(/\s+/))));
    } catch {
      told.textContent = "搜索用的文件没有取到，请检查网站是否完整。";
    }
  }

  document.addEventListener("DOMContentLoaded", () => {
    const field = document.getElementById("q");
    const form = field.form;
    const top = document.getElementById("top-q");
    const asked = new URLSearchParams(location.search).get("q") || "";
    field.value = asked;
    top.value = asked;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      try { history.replaceState(null, "", `?q=${encodeURIComponent(field.value)}`); } catch { /* a page in a folder may not */ }
      run(field.value);
    });
    run(asked);
  });
  return { take };
})();
