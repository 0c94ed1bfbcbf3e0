// Ranking with buttons: a list of what is chosen, in order. The select fields below hold the places, as without a script.
import { announce, fill } from "./say.js";

export function rank(form, change) {
  const words = form.dataset;
  const cards = [...form.querySelectorAll(".b-project")].filter((card) => card.querySelector("select"));
  const list = document.getElementById("b-ranked-list");
  const most = cards.length ? cards[0].querySelector("select").options.length - 1 : 0;
  let order = [];

  function read() {
    const placed = cards.filter((card) => field(card).value);
    order = placed.sort((one, other) => Number(field(one).value) - Number(field(other).value));
  }

  function write() {
    for (const card of cards) field(card).value = order.includes(card) ? String(order.indexOf(card) + 1) : "";
    show();
    change();
  }

  function show() {
    document.getElementById("b-ranked-empty").hidden = order.length > 0;
    list.replaceChildren(...order.map(line));
    for (const card of cards) {
      const isIn = order.includes(card);
      toggle(card).textContent = isIn ? words.take : words.add;
      toggle(card).setAttribute("aria-pressed", String(isIn));
      card.toggleAttribute("data-chosen", isIn);
    }
  }

  function line(card, at) {
    const item = document.createElement("li");
    const name = document.createElement("span");
    name.className = "b-ranked-title";
    name.textContent = title(card);
    const up = button(words.up, card, () => move(card, at - 1, "up"), at === 0);
    const down = button(words.down, card, () => move(card, at + 1, "down"), at === order.length - 1);
    up.dataset.way = "up";
    down.dataset.way = "down";
    const ways = document.createElement("span");
    ways.className = "b-ranked-ways";
    ways.append(up, down, button(words.take, card, () => take(card)));
    item.append(number(at + 1), name, ways);
    return item;
  }

  function move(card, to, way) {
    order.splice(order.indexOf(card), 1);
    order.splice(to, 0, card);
    write();
    announce(fill(words.moved, { title: title(card), n: to + 1 }));
    const pair = [...list.children[to].querySelectorAll("[data-way]")].filter((one) => !one.disabled);
    (pair.find((one) => one.dataset.way === way) || pair[0])?.focus();
  }

  function take(card) {
    order.splice(order.indexOf(card), 1);
    write();
    announce(fill(words.taken, { title: title(card) }));
    toggle(card).focus();
  }

  function add(card) {
    if (order.length >= most) {
      announce(fill(words.full, { most }));
      return;
    }
    order.push(card);
    write();
    announce(fill(words.moved, { title: title(card), n: order.length }));
  }

  for (const card of cards) {
    const press = document.createElement("button");
    press.type = "button";
    press.className = "ds-button b-toggle";
    press.dataset.variant = "secondary";
    press.dataset.size = "sm";
    press.setAttribute("aria-describedby", card.querySelector(".b-title").id);
    press.addEventListener("click", () => (order.includes(card) ? take(card) : add(card)));
    card.querySelector(".b-place").after(press);
  }
  form.classList.add("b-has-buttons");
  document.getElementById("b-ranked").hidden = false;
  window.addEventListener("pageshow", () => {
    read();
    write();
  });
  read();
  write();
}

function field(card) {
  return card.querySelector("select");
}

function toggle(card) {
  return card.querySelector(".b-toggle");
}

function title(card) {
  return card.querySelector(".b-title").textContent.trim();
}

function number(n) {
  const shown = document.createElement("span");
  shown.className = "b-rank";
  shown.textContent = String(n);
  shown.setAttribute("aria-hidden", "true");
  return shown;
}

function button(words, card, press, isOff = false) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "ds-button";
  made.dataset.variant = "tertiary";
  made.dataset.size = "sm";
  made.disabled = isOff;
  made.textContent = words;
  const of = document.createElement("span");
  of.className = "ds-sr-only";
  of.textContent = `: ${title(card)}`;
  made.append(of);
  made.addEventListener("click", press);
  return made;
}
