// How much is chosen so far, in the bar that stays at the bottom. What may not be is said, and never made impossible:
// the server decides, and says the same.
import { fill, money } from "./say.js";

export function sum(form) {
  const bar = document.getElementById("b-bar");
  const box = document.getElementById("b-sum");
  const text = document.getElementById("b-sum-text");
  const first = text.textContent;
  const words = form.dataset;
  const tell = { knapsack, points, approval, ranking: approval }[words.kind];

  function show() {
    const said = tell(form, words);
    text.textContent = said.text || first;
    box.dataset.state = said.over ? "over" : "";
    if (bar) {
      bar.hidden = false;
      bar.value = Math.min(1, said.share);
    }
  }

  form.addEventListener("input", show);
  // A page that comes back from the browser's memory has its fields filled in after this script has run.
  window.addEventListener("pageshow", show);
  show();
  return show;
}

function knapsack(form, words) {
  const kroner = money(words.money);
  const budget = Number(words.budget);
  const cost = chosen(form).reduce((total, box) => total + Number(box.closest("[data-cost]").dataset.cost), 0);
  const spent = fill(words.spent, { cost: kroner(cost) });
  const rest =
    cost > budget ? fill(words.over, { over: kroner(cost - budget) }) : fill(words.left, { left: kroner(budget - cost) });
  return { text: `${spent} · ${rest}`, share: cost / budget, over: cost > budget };
}

function points(form, words) {
  const most = Number(words.points);
  const given = [...form.querySelectorAll("input[name^=points_]")].map((field) => Number.parseInt(field.value, 10) || 0);
  const used = given.reduce((total, n) => total + n, 0);
  const each = Number(words.each);
  const said = [fill(words.pointsOf, { n: used, most })];
  if (used > most) said.push(fill(words.pointsOver, { over: used - most }));
  const isOverOne = each && given.some((n) => n > each);
  if (isOverOne) said.push(fill(words.eachOver, { each }));
  return { text: said.join(" · "), share: used / most, over: used > most || isOverOne };
}

function approval(form, words) {
  const n = chosen(form).length;
  const most = Number(words.most);
  if (!n) return { text: "", share: 0, over: false };
  if (most && n > most) return { text: fill(words.tooMany, { n, most }), share: 1, over: true };
  if (most) return { text: fill(words.chosenOf, { n, most }), share: n / most, over: false };
  return { text: n === 1 ? words.chosenOne : fill(words.chosen, { n }), share: 0, over: false };
}

function chosen(form) {
  return [...form.querySelectorAll("input[name=choice]:checked, select[name^=rank_]")].filter((field) => field.value);
}
