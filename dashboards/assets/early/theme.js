// Runs before the first paint: which screen this is decides its unit of size and its colours (wall.css, tablet.css).
(() => {
  const wall = /\/man-hinh\/ho-so\/?$/.test(location.pathname);
  const dark = wall || new URLSearchParams(location.search).get("nen") === "toi";
  document.documentElement.className = (wall ? "wall" : "tablet") + " " + (dark ? "dark" : "light");
})();
