// What of a page's text cannot be read or reached: too small, outside the screen, cut by what holds it, over other text,
// or too small to touch. Called with the smallest size of text in px; 0 < floor < 30 means a screen that is touched.
(floor) => {
  const faults = new Set();
  const INK = 0.42; // of the font's size, above and below the middle of a line: its line box is taller than its letters
  const holders = (e) => {
    const found = [];
    for (let p = e; p && p !== document.documentElement; p = p.parentElement) {
      const style = getComputedStyle(p);
      if (style.overflowX !== "visible" || style.overflowY !== "visible" || p.matches(".num, .row, .kn, .lr, .chip, .btn")) found.push(p);
    }
    return found;
  };
  const hidden = (e) => {
    const style = getComputedStyle(e);
    return style.visibility === "hidden" || style.opacity === "0" || style.clipPath !== "none";
  };
  const lines = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode, e = text.parentElement, words = text.data.trim();
    if (!words || e.closest("script, style, title") || hidden(e)) continue;
    const range = document.createRange();
    range.selectNodeContents(text);
    const size = parseFloat(getComputedStyle(e).fontSize), said = words.slice(0, 48);
    for (const box of range.getClientRects()) {
      if (box.width < 0.5 || box.height < 0.5) continue;
      const middle = (box.top + box.bottom) / 2;
      const line = { text, said, left: box.left, right: box.right, top: middle - size * INK, bottom: middle + size * INK };
      if (size < floor - 0.3) faults.add(`small ${size.toFixed(1)}: ${said}`);
      if (line.left < -1 || line.right > innerWidth + 1 || line.top < -1 || line.bottom > innerHeight + 1) faults.add(`outside: ${said}`);
      for (const holder of holders(e)) {
        const edge = holder.getBoundingClientRect();
        if (line.right > edge.right + 2 || line.left < edge.left - 2 || line.bottom > edge.bottom + 3 || line.top < edge.top - 3)
          faults.add(`cut by ${holder.tagName.toLowerCase()}.${holder.className}: ${said}`);
      }
      lines.push(line);
    }
  }
  lines.forEach((a, index) => {
    for (const b of lines.slice(index + 1)) {
      if (a.text === b.text) continue;
      const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (across > 2 && down > 2) faults.add(`over each other: ${a.said} / ${b.said}`);
    }
  });
  for (const e of document.querySelectorAll(".screen, .top, .foot, main, main > *, .tabs"))
    if (e.clientWidth && (e.scrollWidth > e.clientWidth + 2 || e.scrollHeight > e.clientHeight + 4))
      faults.add(`overfull: ${e.tagName.toLowerCase()}.${e.className} by ${e.scrollWidth - e.clientWidth}, ${e.scrollHeight - e.clientHeight}`);
  if (floor < 30)
    for (const e of document.querySelectorAll("a, button")) {
      const box = e.getBoundingClientRect();
      if (box.width && !e.closest(".hits") && (box.width < 43.5 || box.height < 43.5))
        faults.add(`hard to touch ${Math.round(box.width)}x${Math.round(box.height)}: ${e.textContent.trim().slice(0, 48)}`);
    }
  return [...faults];
}
