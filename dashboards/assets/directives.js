// A page of directives that follows what happens: asks once a second whether anything is new (a few bytes), and takes the
// new page's main part in the old one's place. Not while somebody fills in a form: his text would be gone.
(() => {
  const beat = document.body.dataset.beat;
  if (!beat) return;
  let known = document.body.dataset.known, taken = Date.now();
  const busy = () => {
    const open = document.querySelector("main details[open]");
    const at = document.activeElement;
    return Boolean(open) || Boolean(at && at.closest("main form") && at.matches("input,textarea,select"));
  };
  const line = document.getElementById("away");
  const look = async () => {
    try {
      const answer = await fetch(beat, {cache: "no-store", headers: {Accept: "text/plain"}});
      if (answer.status === 401 || answer.status === 403) { location.reload(); return; }
      if (!answer.ok) throw new Error(String(answer.status));
      const said = await answer.text();
      if (line) line.hidden = true;
      if ((said !== known || Date.now() - taken > 15000) && !busy()) {  // its clock and ages go on too
        const page = await fetch(location.href, {cache: "no-store", headers: {Accept: "text/html"}});
        if (!page.ok) throw new Error(String(page.status));
        const read = new DOMParser().parseFromString(await page.text(), "text/html");
        const focused = document.activeElement && document.activeElement.id;
        document.querySelector("main").replaceWith(document.adoptNode(read.querySelector("main")));
        document.querySelector("header").replaceWith(document.adoptNode(read.querySelector("header")));
        taken = Date.now();
        if (focused) document.getElementById(focused)?.focus();
        known = read.body.dataset.known;
      }
    } catch {
      if (line) line.hidden = false;
    }
    setTimeout(look, document.hidden ? 5000 : 1000);
  };
  setTimeout(look, 500);
})();
