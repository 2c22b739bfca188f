// A screen that waits to be let in asks every other second. It holds nothing itself: what it waits with is a cookie that
// no script reads.
(() => {
  "use strict";
  const EVERY = 2000, CLOCK_OFF = 120000, NO_COOKIE_AGAIN = 60000;
  const state = document.body.dataset.state, offline = document.getElementById("offline");
  const began = performance.now();
  let unheard = null;

  function away(words) { // the code stands on an empty promise while nobody can confirm it
    offline.querySelector(".tag span:last-child").textContent = words || "";
    offline.hidden = !words;
    offline.parentElement.classList.toggle("cut", Boolean(words));
  }
  function clock(answer) { // a machine whose own clock is wrong takes cookies and certificates for expired
    const off = Date.now() - Date.parse(answer.headers.get("Date")), e = document.getElementById("clock-wrong");
    e.hidden = !(Math.abs(off) > CLOCK_OFF);
    const minutes = Math.round(Math.abs(off) / 60000);
    const much = minutes >= 2880 ? Math.round(minutes / 1440) + " ngày" : minutes >= 120 ? Math.round(minutes / 60) + " giờ" : minutes + " phút";
    e.textContent = `Đồng hồ của máy này ${off > 0 ? "nhanh" : "chậm"} ${much}: hãy chỉnh lại.`;
  }
  async function ask() {
    let answer;
    try {
      answer = await fetch(location.pathname, { method: "POST", cache: "no-store", redirect: "error", signal: AbortSignal.timeout(8000) });
    } catch {
      unheard ??= performance.now();
      const seconds = Math.floor((performance.now() - unheard) / 1000);
      if (seconds >= 4) away(`Mất mạng ${seconds >= 120 ? Math.floor(seconds / 60) + " phút" : seconds + " giây"}, tự thử lại`);
      return;
    }
    clock(answer);
    if (answer.status >= 500 || answer.status === 429) {
      if (state === "waiting") away("Trung tâm chưa trả lời, tự thử lại");
      return;
    }
    unheard = null;
    away(null);
    if (answer.status === 200) location.replace((await answer.json()).to);
    else if (state === "away") { if (performance.now() - began > 5000) location.reload(); }
    else if (answer.status === 410) location.reload();
    else if (answer.status === 400) { // the cookie was not kept, or somebody cleared it
      away("Trình duyệt này không giữ cookie: không ghép được");
      if (performance.now() - began > NO_COOKIE_AGAIN) location.reload();
    } else if (answer.status !== 202) location.reload();
  }
  async function wait() {
    await ask();
    setTimeout(wait, EVERY);
  }
  wait();
})();
