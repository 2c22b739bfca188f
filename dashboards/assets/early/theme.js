// Runs before the first paint: which screen this is decides its unit of size and its colours (wall.css, tablet.css).
(() => {
  const wall = /\/man-hinh\/(ho-so|diem-766|53-dich-vu|tra-cuu|du-lieu|nhiem-vu|ha-tang|cong-quoc-gia|truyen-thong|nguon)\/?$/.test(location.pathname);
  const dark = wall || new URLSearchParams(location.search).get("nen") === "toi";
  document.documentElement.className = (wall ? "wall" : "tablet") + " " + (dark ? "dark" : "light");
})();
