// While something is being carried across the page, streams wait: nothing may vanish from under the hand.
let rest = Promise.resolve();

export const atRest = () => rest;

// Returns the function that ends the carrying.
export function beginCarrying() {
  let end;
  rest = new Promise((resolve) => { end = resolve; });
  return end;
}
