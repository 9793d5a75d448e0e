// Keeps something where it is on the screen while the page changes around it.
export function holdingStill(element, change) {
  const root = document.documentElement;
  const top = element?.getBoundingClientRect().top;
  if (top === undefined || top > innerHeight) return change();
  root.style.overflowAnchor = "none"; // the browser's own correction would be added to ours
  const result = change();
  if (element.isConnected) scrollBy({ top: element.getBoundingClientRect().top - top, behavior: "instant" });
  requestAnimationFrame(() => root.style.removeProperty("overflow-anchor"));
  return result;
}
