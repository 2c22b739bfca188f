// Called in the page with the smallest text size allowed (px). Says what is too small, outside the window, cut by a box
// that hides or bounds it, overlapping other text or against it, too near the line of its row, too small to touch, or
// pulled out of shape; and which bars do not say what their numbers do. Text in a list that scrolls may lie below it; a
// sheet may be as long as it needs. With a floor of 0 only the bars are looked at, which takes no time.
(floor) => {
  const found = new Set();
  const touch = floor < 30;
  const inks = [];
  const styles = new Map();
  const style = (e) => { let s = styles.get(e); if (!s) styles.set(e, (s = getComputedStyle(e))); return s; };
  const shown = (e) => { for (let p = e; p; p = p.parentElement) if (style(p).display === "none" || style(p).visibility === "hidden") return false; return true; };
  const box = (e) => e.getBoundingClientRect();
  const sheet = document.documentElement.dataset.sheet === "1";
  const charts = () => [...document.querySelectorAll(".plot")].filter(shown).flatMap((plot) => chart(plot)).map((wrong) => `CHART ${wrong}`);
  if (!floor) return charts();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node; (node = walker.nextNode()); ) {
    const e = node.parentElement, words = node.textContent.trim().slice(0, 40);
    if (!words || e.closest("script,style,.fullscreen") || !shown(e)) continue;
    const size = parseFloat(style(e).fontSize);
    if (size < floor - 0.3) found.add(`SMALL ${size.toFixed(1)} ${words}`);
    const range = document.createRange();
    range.selectNodeContents(node);
    const scroller = e.closest(".list,.evs"), row = e.closest(".lr,.ur");
    for (const r of range.getClientRects()) {
      const middle = (r.top + r.bottom) / 2, top = middle - size * 0.42, bottom = middle + size * 0.42;
      const below = scroller && bottom > box(scroller).bottom;
      if (below) continue;
      if (r.left < -1 || r.right > innerWidth + 1 || (!sheet && (top < -1 || bottom > innerHeight + 1))) found.add(`OUTSIDE ${words}`);
      if (row && (top - box(row).top < 3 || box(row).bottom - bottom < 3)) found.add(`TIGHT ${words}`);
      inks.push({ node, words, size, left: r.left, top, right: r.right, bottom });
      for (let p = e; p && p !== document.body; p = p.parentElement) {
        if (style(p).display === "inline" || (style(p).overflow === "visible" && !p.matches(".num,.row,.A,.C,.D,.E,.kn,.top,.foot,.lr,.ev"))) continue;
        const b = box(p);
        if (r.right > b.right + 2 || r.left < b.left - 2 || bottom > b.bottom + 2 || top < b.top - 2) found.add(`CUT ${words} in .${p.className}`);
      }
    }
  }
  // Whether two texts are of two columns: things that a grid or a row of boxes puts beside each other.
  const apart = (a, b) => {
    const above = new Set();
    for (let p = a.parentElement, child = a; p; child = p, p = p.parentElement) above.add(p);
    for (let p = b.parentElement; p; p = p.parentElement) if (above.has(p)) return /grid|flex/.test(style(p).display);
    return false;
  };
  inks.sort((a, b) => a.top - b.top);
  inks.forEach((a, i) => {
    for (let j = i + 1; j < inks.length && inks[j].top < a.bottom - 2; j++) {
      const b = inks[j];
      if (a.node === b.node) continue;
      const over = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      const gap = Math.max(a.left, b.left) - Math.min(a.right, b.right);
      if (gap < -4 && over > 2) found.add(`OVERLAP ${a.words} / ${b.words}`);
      else if (gap < Math.min(a.size, b.size) * 0.22 && over > Math.min(a.size, b.size) * 0.4 && apart(a.node, b.node)) found.add(`AGAINST ${a.words} / ${b.words}`);
    }
  });
  for (const e of document.querySelectorAll(".top,.foot,main,main>*,.tabs,.B>*"))
    if (!e.matches(".list,.evs") && (e.scrollWidth > e.clientWidth + 2 || e.scrollHeight > e.clientHeight + 4) && shown(e))
      found.add(`OVERFULL ${e.tagName}.${e.className} ${e.scrollWidth - e.clientWidth}x${e.scrollHeight - e.clientHeight}`);
  for (const e of document.querySelectorAll(".list"))
    if (e.scrollWidth > e.clientWidth + 2) found.add(`OVERFULL .${e.className} ${e.scrollWidth - e.clientWidth} wide`);
  for (const e of document.querySelectorAll(".i"))
    if (shown(e) && !style(e).maskImage.startsWith("url(")) found.add(`SHAPELESS ${e.className}`);
  for (const e of document.querySelectorAll(".chip,.btn"))
    if (shown(e) && box(e).height > 3.4 * parseFloat(style(e).fontSize)) found.add(`STRETCHED ${Math.round(box(e).height)} ${e.textContent.trim().slice(0, 30)}`);
  charts().forEach((wrong) => found.add(wrong));
  if (touch)
    for (const e of document.querySelectorAll("a,button")) {
      const r = box(e);
      if (r.width && shown(e) && !e.matches(".fullscreen") && (r.width < 43.5 || r.height < 43.5)) found.add(`TOUCH ${Math.round(r.width)}x${Math.round(r.height)} ${e.textContent.trim().slice(0, 30)}`);
    }
  return [...found];

  // Each bar stands on the line under its own day, as high beside the highest as its number beside the greatest.
  function chart(plot) {
    const floor_ = box(plot).bottom - parseFloat(style(plot).borderBottomWidth), wrong = [];
    const days = [...plot.querySelectorAll("a")].map((a) => ({ a: box(a), bar: a.querySelector("i"), count: a.dataset.count }));
    if (!days.length) return ["without days"];
    if (floor_ - box(plot).top < 30) wrong.push("too low to read");
    const most = Math.max(1, ...days.map((day) => Number(day.count ?? 0)));
    const room = Math.max(...days.map((day) => day.a.height));
    for (const { a, bar, count } of days) {
      if (count === undefined && !bar) continue; // of a day before the first that anybody told of
      const b = bar ? box(bar) : { height: 0 };
      const height = count === undefined ? room : (room * Number(count)) / most;
      if (Math.abs(b.height - height) > 2) wrong.push(`${count} is ${b.height.toFixed(1)} high, not ${height.toFixed(1)}`);
      if (!bar) continue;
      if (Math.abs(b.bottom - floor_) > 1.5) wrong.push(`${count} stands ${(floor_ - b.bottom).toFixed(1)} above the line`);
      if (Math.abs(b.left + b.right - a.left - a.right) > 3) wrong.push(`${count} is beside its day`);
    }
    return wrong;
  }
};
