// The browser's side of a live screen. Snapshots come over one event stream, each whole: {id, asOf, offlineAfter, release,
// parts, offline}, where parts and offline are {component id: props}, the screen as it is and as it is to look without us.
// Only what differs is handed to Dash. Nothing here computes a figure.
(() => {
  "use strict";
  const PROVINCE_MS = 7 * 3600 * 1000;
  const NB = "\u00a0";
  let source = null, url = null, last = null, heard = 0, shown = {}, offline = false, retryAt = 0, pause = 1000;
  let ended = false, release = null, lived = performance.now();

  // ---- time: the server's clock, carried on by the browser's monotonic one (a kiosk's own clock may be wrong)
  const now = () => (last ? last.asOf + (performance.now() - last.at) : null);
  const silence = () => performance.now() - heard;

  function age(ms) {
    const s = Math.max(0, Math.floor(ms / 1000));
    if (s >= 172800) return String(Math.floor(s / 86400)).replace(/\B(?=(\d{3})+$)/g, ".") + NB + "ngày";
    if (s >= 7200) return Math.floor(s / 3600) + NB + "giờ";
    if (s >= 60) return Math.floor(s / 60) + NB + "phút";
    return s + NB + "giây";
  }
  function put(element, text) {
    const node = element.firstChild;
    if (node && node.nodeType === 3 && node.nodeValue !== text) node.nodeValue = text; // React keeps its own node
  }
  function tick() {
    const t = now();
    if (t === null) return;
    for (const e of document.querySelectorAll("[data-since]")) {
      const text = age(t - Number(e.dataset.since));
      put(e, e.dataset.upper ? text.toUpperCase() : text);
    }
    for (const e of document.querySelectorAll("[data-until]")) put(e, age(Math.max(0, Number(e.dataset.until) - t) + 999));
    const local = new Date(t + PROVINCE_MS);
    const two = (n) => String(n).padStart(2, "0");
    for (const e of document.querySelectorAll("[data-clock]")) put(e, two(local.getUTCHours()) + ":" + two(local.getUTCMinutes()));
  }

  // ---- applying
  function compare(a, b) {
    for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return a[i] - b[i];
    return 0;
  }
  const values = () => new Map([...document.querySelectorAll("[data-k]")].map((e) => [e.dataset.k, e.textContent]));
  function apply(parts) {
    const dash = window.dash_clientside;
    if (!dash || !dash.set_props) return false;
    const before = values();
    let all = true;
    for (const [id, props] of Object.entries(parts)) {
      const text = JSON.stringify(props);
      if (shown[id] === text) continue;
      if (!document.getElementById(id)) { all = false; continue; }
      dash.set_props(id, props);
      shown[id] = text;
    }
    requestAnimationFrame(() => requestAnimationFrame(() => { tick(); mark(before); }));
    return all;
  }
  function mark(before) { // a changed number: its line at full ink for two seconds, no counting up
    for (const e of document.querySelectorAll("[data-k]")) {
      const old = before.get(e.dataset.k);
      if (old === undefined || old === e.textContent) continue;
      e.classList.add("fresh");
      clearTimeout(e.freshTimer);
      e.freshTimer = setTimeout(() => e.classList.remove("fresh"), 2000);
    }
  }
  function take(event) {
    const snapshot = JSON.parse(event.data);
    allowed();
    released(snapshot.release);
    heard = performance.now();
    pause = 1000;
    if (last && last.stream === url && compare(snapshot.id, last.id) < 0) return; // time never goes backwards
    last = { ...snapshot, stream: url, at: heard };
    offline = false;
    show();
  }
  function show() {
    if (last && last.stream === url) last.pending = !apply(offline ? last.offline : last.parts);
    document.documentElement.dataset.live = offline ? "offline" : last ? "live" : "waiting";
    if (last) document.documentElement.dataset.version = last.id.join("-");
  }

  function refused(event) { // the server keeps no more selections for this machine: said, and asked again later
    source.close();
    retryAt = performance.now() + 10000;
    let e = document.getElementById("refused");
    if (!e) {
      e = document.createElement("div");
      e.id = "refused";
      e.setAttribute("role", "alert");
      document.body.append(e);
    }
    e.textContent = event.data;
  }
  function allowed() {
    const e = document.getElementById("refused");
    if (e) e.remove();
  }

  // ---- whose session has ended sees nothing more: the page is emptied, and leads to signing in, or to a screen's code
  function gone(event) {
    if (source) source.close();
    url = null;
    ended = true;
    document.body.replaceChildren();
    leave(event && event.data ? event.data : location.href); // the gate knows where
  }
  async function leave(to) { // once the server answers: on a wall a browser's own page of errors would stand for ever
    try {
      await fetch("/healthz", { cache: "no-store" });
      location.replace(to);
    } catch { setTimeout(leave, 2000, to); }
  }
  async function mayStill() { // a refused stream says no more than that it was refused
    try {
      const answer = await fetch("/man-hinh/_dash-layout", { method: "HEAD", cache: "no-store", redirect: "manual" });
      if (answer.status === 401) gone();
    } catch { /* the server is away, and says nothing about us */ }
  }

  // ---- a wall that nobody touches: one that shows no live screen (not read, not allowed) is asked for anew, and a machine
  // whose own clock is wrong is told, since it will take its cookie and our certificate for expired
  const wall = () => document.documentElement.classList.contains("wall");
  function lives() {
    if ((url && !url.includes("man=khung")) || ended || !wall()) lived = performance.now();
    else if (performance.now() - lived > 20000) { lived = performance.now(); leave(location.href); }
  }
  function released(now) { // this page is of another release than its figures: their places may have changed
    if (release !== null && release !== now && wall()) leave(location.href);
    release ??= now;
  }
  async function ownClock() {
    if (!wall() || ended) return;
    let said;
    try {
      said = Date.parse((await fetch("/healthz", { method: "HEAD", cache: "no-store" })).headers.get("Date"));
    } catch { return; }
    const off = Date.now() - said;
    document.getElementById("clock-wrong")?.remove();
    if (!(Math.abs(off) > 120000)) return;
    const e = document.createElement("div");
    e.id = "clock-wrong";
    e.textContent = `Đồng hồ của máy này ${off > 0 ? "nhanh" : "chậm"}${NB}${age(Math.abs(off))}: hãy chỉnh lại`;
    document.body.append(e);
  }

  // ---- the stream: reconnects for ever
  function connect() {
    if (source) source.close();
    source = new EventSource(url);
    source.onmessage = take;
    source.addEventListener("refused", refused);
    source.addEventListener("ended", gone);
    source.onerror = () => {
      if (source.readyState !== EventSource.CLOSED) return; // the browser is already trying again
      mayStill();
      retryAt = performance.now() + pause;
      pause = Math.min(pause * 1.5, 5000);
    };
    retryAt = 0;
  }
  function follow() {
    const e = document.getElementById("live");
    const wanted = e ? e.dataset.stream : null;
    if (e && e.dataset.title && document.title !== e.dataset.title) document.title = e.dataset.title;
    if (wanted !== url) {
      url = wanted;
      shown = {};
      if (source) source.close();
      source = null;
      heard = performance.now();
      allowed();
      if (url) connect();
    }
  }
  function watch() {
    follow();
    lives();
    if (!url) return;
    if (retryAt && performance.now() >= retryAt) connect();
    const bound = last ? last.offlineAfter : 15000;
    if (silence() > bound && source && source.readyState !== EventSource.CLOSED && silence() % 10000 < 1000) connect(); // half-open
    if (last && last.stream === url && !offline && silence() > bound) { offline = true; show(); }
    if (last && last.pending) show();
    tick();
  }

  // ---- the room: no pointer, no sleep, whole screen
  let lock = null, still = null;
  async function awake() {
    if (!("wakeLock" in navigator) || document.visibilityState !== "visible" || (lock && !lock.released)) return;
    try { lock = await navigator.wakeLock.request("screen"); } catch { lock = null; } // refused on battery: asked again
  }
  function moved() {
    document.documentElement.classList.remove("idle");
    clearTimeout(still);
    still = setTimeout(() => document.documentElement.classList.add("idle"), 3000);
  }
  function whole() {
    if (document.fullscreenElement) document.exitFullscreen();
    else document.documentElement.requestFullscreen().catch(() => {});
    awake();
  }
  document.addEventListener("visibilitychange", awake);
  document.addEventListener("mousemove", moved);
  document.addEventListener("keydown", (e) => {
    if (e.key === "f" && !e.ctrlKey && !e.metaKey && !e.altKey && !e.target.closest("input,textarea")) whole();
    const help = document.querySelector("a.help");
    if (e.key === "?" && help && !e.target.closest("input,textarea")) location.assign(help.href);
  });
  document.addEventListener("click", (e) => { if (e.target.closest("[data-fullscreen]")) whole(); });

  setInterval(watch, 1000);
  new MutationObserver(() => { if (url !== (document.getElementById("live")?.dataset.stream ?? null)) watch(); })
    .observe(document.documentElement, { childList: true, subtree: true });
  setInterval(awake, 30000);
  setTimeout(ownClock, 5000);
  setInterval(ownClock, 600000);
  awake();
  for (const face of document.fonts) face.load(); // a weight that only a dead screen uses cannot be fetched then
  document.documentElement.classList.add("idle");
})();
