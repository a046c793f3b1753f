// Shows new lines without a tap: asks every few seconds whether anything changed, and loads the page anew.
// Nothing is loaded while somebody is writing. Without scripts the "Show new" button does the same.
(() => {
  const chat = document.querySelector("[data-lines]");
  if (!chat) return;
  const field = document.getElementById("text");
  const file = document.getElementById("file");
  const every = 2500;
  window.scrollTo(0, document.body.scrollHeight);
  const look = async () => {
    try {
      const answer = await fetch(chat.dataset.lines, { headers: { Accept: "application/json" } });
      if (answer.ok) {
        const { last } = await answer.json();
        if (last !== chat.dataset.last && !field.value && !file.value) {
          window.location.reload();
          return;
        }
      }
    } catch {
      // away from the network: the next look will tell
    }
    window.setTimeout(look, every);
  };
  window.setTimeout(look, every);
})();
