// The ballot: everything works without this script. It adds sums while one chooses, and buttons to put projects in order.
import { announce } from "./ballot/say.js";
import { rank } from "./ballot/rank.js";
import { sum } from "./ballot/sum.js";

const form = document.getElementById("b-form");
if (form) {
  const change = sum(form);
  if (form.dataset.kind === "ranking") rank(form, change);
}

document.getElementById("b-problems")?.focus();

const copy = document.getElementById("b-copy");
if (copy && navigator.clipboard) {
  copy.hidden = false;
  copy.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById("b-receipt").textContent.trim());
    copy.textContent = copy.dataset.done;
    announce(copy.dataset.done);
  });
}

const print = document.getElementById("b-print");
if (print) {
  print.hidden = false;
  print.addEventListener("click", () => window.print());
}
