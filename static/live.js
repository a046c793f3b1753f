// Keeps an open page true: asks whether it still is, and less often while nothing happens. What is new is
// loaded at once, unless somebody is writing: then a line offers it. What is no longer open to the reader
// goes at once, whatever else is happening. Without scripts the page is as it was when it was loaded.
(() => {
  const live = document.getElementById("live");
  if (!live) return;
  const part = (name) => live.querySelector(`[data-live="${name}"]`);
  const { address, mark } = live.dataset;
  const kinds = live.dataset.kinds.split(" ").filter(Boolean);
  const shortest = 4000;
  const longest = 30000;
  const kept = `live:${window.location.pathname}`;
  let pause = shortest;
  let timer = 0;
  let over = false;

  const fields = () => [...document.querySelectorAll("main textarea, main input[type='text']")];
  const isWriting = () => fields().some((one) => one.value !== one.defaultValue);

  const gone = () => {
    over = true;
    const notice = part("gone").content.cloneNode(true);
    const heading = document.createElement("h1");
    heading.textContent = notice.querySelector('[data-live="heading"]').textContent;
    notice.querySelector('[data-live="heading"]').replaceWith(heading);
    document.querySelector("main").replaceChildren(notice);
    document.title = `${heading.textContent} · Kanglu`;
    window.sessionStorage.removeItem(kept);
    document.querySelector("main").focus();
  };

  const load = (keeping) => {
    over = true;
    const written = keeping ? fields().filter((one) => one.id && one.value !== one.defaultValue) : [];
    const words = Object.fromEntries(written.map((one) => [one.id, one.value]));
    window.sessionStorage.setItem(kept, JSON.stringify(words));
    window.location.reload();
  };

  const restore = () => {
    const words = window.sessionStorage.getItem(kept);
    if (words === null) return;
    window.sessionStorage.removeItem(kept);
    for (const [id, value] of Object.entries(JSON.parse(words))) {
      const field = document.getElementById(id);
      if (field) field.value = value;
    }
    part("said").textContent = part("said").dataset.words;
  };

  const changed = async (answer) => {
    const open = (await answer.json()).kinds;
    if (kinds.some((one) => !open.includes(one))) load(true);
    else if (isWriting()) part("new").hidden = false;
    else load(false);
  };

  const look = async () => {
    window.clearTimeout(timer);
    if (over || document.hidden) return;
    pause = Math.min(pause * 1.5, longest);
    try {
      const headers = { Accept: "application/json", "If-None-Match": `"${mark}"` };
      const answer = await fetch(address, { headers, cache: "no-store", redirect: "manual" });
      if (answer.status === 404) gone();
      else if (answer.type === "opaqueredirect") load(true);
      else if (answer.status === 200) await changed(answer);
    } catch {
      pause = longest; // away from the network: later
    }
    if (!over) timer = window.setTimeout(look, pause);
  };

  const soon = () => {
    if (over || document.hidden) return;
    pause = shortest;
    window.clearTimeout(timer);
    timer = window.setTimeout(look, shortest / 4);
  };

  restore();
  document.addEventListener("visibilitychange", soon);
  window.addEventListener("pageshow", soon);
  timer = window.setTimeout(look, shortest / 4);
})();
