// The turnout and the count on the pages of those who run the vote are fetched anew while they are looked at.
const place = document.getElementById("b-now");
const EVERY_MS = 5000;

let last = "";

async function refresh() {
  if (document.hidden) return;
  const answer = await fetch(place.dataset.refresh, { credentials: "same-origin" });
  if (!answer.ok || answer.redirected) return;
  const fresh = await answer.text();
  // A link in it that has the focus is not taken away.
  if (fresh === last || place.contains(document.activeElement)) return;
  place.innerHTML = fresh;
  last = fresh;
  // When the count that the page waits for is done, more than this place has changed.
  if ("waits" in place.dataset && !place.querySelector("[data-under-way]")) location.reload();
}

if (place) {
  const again = () => refresh().catch(() => {});
  setInterval(again, EVERY_MS);
  document.addEventListener("visibilitychange", again);
}
