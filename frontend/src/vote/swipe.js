// Swipe right to agree, left to disagree: a shortcut beside the buttons, never the only way.

const FAR_ENOUGH = 96;
const EDGE = 28; // where the phone's own back gesture begins

export function swipe(card, vote) {
  let start = null;
  const isCalm = matchMedia("(prefers-reduced-motion: reduce)");
  const lean = (x) => {
    card.dataset.lean = x > FAR_ENOUGH ? "agree" : x < -FAR_ENOUGH ? "disagree" : "";
    card.style.transform = x && !isCalm.matches ? `translateX(${x}px) rotate(${x / 40}deg)` : "";
  };
  card.addEventListener("pointerdown", (event) => {
    const isAtEdge = event.clientX < EDGE || event.clientX > innerWidth - EDGE;
    start = event.pointerType === "touch" && event.isPrimary && !isAtEdge ? { x: event.clientX, y: event.clientY } : null;
  });
  card.addEventListener("pointermove", (event) => {
    if (!start) return;
    const x = event.clientX - start.x;
    if (Math.abs(x) > 12 && Math.abs(x) > 1.5 * Math.abs(event.clientY - start.y)) lean(x);
  });
  const end = (event) => {
    const said = card.dataset.lean;
    start = null;
    lean(0);
    if (event.type === "pointerup" && said) vote(said === "agree" ? 1 : -1);
  };
  card.addEventListener("pointerup", end);
  card.addEventListener("pointercancel", end);
}
