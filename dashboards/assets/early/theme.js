// Runs before the first paint: which screen this is decides its unit of size and its colours (wall.css, tablet.css).
(() => {
  const wall = /\/man-hinh\/(?!may-tinh-bang)[^/]+\/?$/.test(location.pathname);  // one word is a wall
  const dark = wall || new URLSearchParams(location.search).get("nen") === "toi";
  document.documentElement.className = (wall ? "wall" : "tablet") + " " + (dark ? "dark" : "light");
})();
