// Called in the page with the smallest text size allowed (px). Says what is too small, outside the window, cut by a box
// that hides or bounds it, overlapping other text, or too small to touch, or a shape that
// has lost its form. Text in a list that scrolls may lie below it.
(floor) => {
  const found = new Set();
  const touch = floor < 30;
  const inks = [];
  const shown = (e) => { for (let p = e; p; p = p.parentElement) if (getComputedStyle(p).display === "none" || getComputedStyle(p).visibility === "hidden") return false; return true; };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node; (node = walker.nextNode()); ) {
    const e = node.parentElement, words = node.textContent.trim().slice(0, 40);
    if (!words || e.closest("script,style,.js-plotly-plot,.fullscreen") || !shown(e)) continue;
    const size = parseFloat(getComputedStyle(e).fontSize);
    if (size < floor - 0.3) found.add(`SMALL ${size.toFixed(1)} ${words}`);
    const range = document.createRange();
    range.selectNodeContents(node);
    const scroller = e.closest(".list,.evs");
    for (const r of range.getClientRects()) {
      const middle = (r.top + r.bottom) / 2, top = middle - size * 0.42, bottom = middle + size * 0.42;
      const below = scroller && bottom > scroller.getBoundingClientRect().bottom;
      if (below) continue;
      if (r.left < -1 || r.right > innerWidth + 1 || top < -1 || bottom > innerHeight + 1) found.add(`OUTSIDE ${words}`);
      inks.push([node, words, r.left + 1, top, r.right - 1, bottom]);
      for (let p = e; p && p !== document.body; p = p.parentElement) {
        const style = getComputedStyle(p);
        if (style.display === "inline" || (style.overflow === "visible" && !p.matches(".num,.row,.A,.C,.D,.E,.kn,.top,.foot,.lr,.ev"))) continue;
        const b = p.getBoundingClientRect();
        if (r.right > b.right + 2 || r.left < b.left - 2 || bottom > b.bottom + 2 || top < b.top - 2) found.add(`CUT ${words} in .${p.className}`);
      }
    }
  }
  inks.forEach((a, i) => inks.slice(i + 1).forEach((b) => {
    if (a[0] !== b[0] && Math.min(a[4], b[4]) - Math.max(a[2], b[2]) > 2 && Math.min(a[5], b[5]) - Math.max(a[3], b[3]) > 2)
      found.add(`OVERLAP ${a[1]} / ${b[1]}`);
  }));
  for (const e of document.querySelectorAll(".top,.foot,main,main>*,.tabs,.B>*"))
    if (!e.matches(".list,.evs") && (e.scrollWidth > e.clientWidth + 2 || e.scrollHeight > e.clientHeight + 4) && shown(e))
      found.add(`OVERFULL ${e.tagName}.${e.className} ${e.scrollWidth - e.clientWidth}x${e.scrollHeight - e.clientHeight}`);
  for (const e of document.querySelectorAll(".i"))
    if (shown(e) && !getComputedStyle(e).maskImage.startsWith("url(")) found.add(`SHAPELESS ${e.className}`);
  if (touch)
    for (const e of document.querySelectorAll("a,button")) {
      const r = e.getBoundingClientRect();
      if (r.width && shown(e) && !e.matches(".fullscreen") && (r.width < 43.5 || r.height < 43.5)) found.add(`TOUCH ${Math.round(r.width)}x${Math.round(r.height)} ${e.textContent.trim().slice(0, 30)}`);
    }
  return [...found];
};
