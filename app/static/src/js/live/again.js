// When to try again what the server could not take just now: when it says so itself, and not all pages at one moment.
export const BUSY = [429, 502, 503, 504, 507];
const LONGEST = 8000;
const LONGEST_ASKED = 90_000; // whoever is told to wait for longer is told by the server's own words

const asked = (response) => 1000 * Number(response?.headers.get("Retry-After")) || 0;

// The server has refused before it did anything, and it makes sense to wait for it.
export const isSoon = (response) => [429, 503, 507].includes(response?.status) && asked(response) > 0 && asked(response) <= LONGEST_ASKED;

export function pauseBefore(response, failures = 1) {
  return spread(asked(response) || Math.min(LONGEST, 1000 * 2 ** (failures - 1)));
}

// Never earlier than asked for, and up to half as late again.
export const spread = (pause) => pause * (1 + Math.random() / 2);

export const rest = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

// A fetch that comes again as often as it is asked to.
export async function fetchPatiently(url, options, attempts = 5) {
  for (let failures = 1; ; failures += 1) {
    const response = await fetch(url, options);
    if (!isSoon(response) || failures >= attempts) return response;
    await rest(pauseBefore(response, failures));
  }
}
