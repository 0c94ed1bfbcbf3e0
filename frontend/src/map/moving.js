// A new drawing of the map in place of the old one, without a jump: every dot glides from the nearest dot that its
// group had before. Which person a dot is, nobody can see, and neither can the browser.

const DURATION_MS = 900;
const MOST_DOTS = 1500;
const SVG = "http://www.w3.org/2000/svg";

const isCalm = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;
const people = (root) => [...root.querySelectorAll("svg.opinion-map > path.om-people")];
const badges = (root) => [...root.querySelectorAll("svg.opinion-map > .om-badge, svg.opinion-map > .om-letter")];
const dots = (path) => path.getAttribute("d").split(/(?<=z)/).filter(Boolean);
const start = (dot) => dot.match(/-?[\d.]+/g).slice(0, 2).map(Number);
const kind = (part) => `${part.getAttribute("class")} ${part.textContent}`;
const middle = (part) => [Number(part.getAttribute("cx") ?? part.getAttribute("x")), Number(part.getAttribute("cy") ?? part.getAttribute("y"))];

/** Where everything stands now; hand it to `glide` when the new drawing is in its place. */
export function remember(root) {
  return {
    people: new Map(people(root).map((path) => [kind(path), dots(path).map(start)])),
    badges: new Map(badges(root).map((part) => [kind(part), middle(part)])),
  };
}

/** Let what is drawn anew come from where it stood. Where motion is unwanted, it simply stands. */
export function glide(root, before) {
  if (isCalm() || !root.animate) return;
  for (const part of badges(root)) from(part, before.badges.get(kind(part)), middle(part));
  for (const path of people(root)) scatter(path, before.people.get(kind(path)) ?? []);
}

function from(part, old, fresh) {
  if (!old || (old[0] === fresh[0] && old[1] === fresh[1])) return null;
  const way = `translate(${old[0] - fresh[0]}px, ${old[1] - fresh[1]}px)`;
  return part.animate([{ transform: way }, { transform: "none" }], { duration: DURATION_MS, easing: "ease-in-out" });
}

/** One path of many dots becomes many paths of one dot while they move. */
function scatter(path, old) {
  const fresh = dots(path);
  if (!old.length || fresh.length > MOST_DOTS || old.length > MOST_DOTS) return;
  const layer = document.createElementNS(SVG, "g");
  const ways = fresh.map((dot) => {
    const one = path.cloneNode(false);
    one.setAttribute("d", dot);
    layer.append(one);
    return [one, nearest(old, start(dot)), start(dot)];
  });
  path.before(layer);
  const moves = ways.map(([one, was, now]) => from(one, was, now)).filter(Boolean);
  path.setAttribute("visibility", "hidden");
  Promise.allSettled(moves.map((move) => move.finished)).then(() => {
    layer.remove();
    path.removeAttribute("visibility");
  });
}

function nearest(places, [x, y]) {
  let best = places[0];
  let least = Infinity;
  for (const place of places) {
    const far = (place[0] - x) ** 2 + (place[1] - y) ** 2;
    if (far < least) [best, least] = [place, far];
  }
  return best;
}
