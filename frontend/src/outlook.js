// The levers of the outlook: a slider beside each number, and the answer fetched while one moves. The latest answer
// wins, what is announced is announced once, the focus stays where it is. Without script the form is sent by its button.
import { follow } from "./outlook/answers.js";
import { asked, choices, fields, joinSliders } from "./outlook/levers.js";

const form = document.getElementById("o-form");
const answer = document.getElementById("o-answer");
if (form && answer) start();

function start() {
  // On a desk there is room for the first levers; on a phone they are opened when wanted.
  if (matchMedia("(width >= 64rem)").matches) form.querySelector(".o-group").open = true;
  const ask = follow(form, answer);
  joinSliders(form, () => ask(asked(form)));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    ask(asked(form), { now: true });
  });
  document.getElementById("o-reset")?.addEventListener("click", (event) => {
    event.preventDefault();
    for (const field of fields(form)) field.value = "";
    for (const box of choices(form)) box.checked = false;
    form.dispatchEvent(new CustomEvent("o:set"));
    ask(asked(form), { now: true });
  });
  answer.addEventListener("click", (event) => {
    const tab = event.target.closest("a[data-group]");
    if (!tab || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    form.elements.group.value = tab.dataset.group;
    ask(asked(form), { now: true });
  });
}
