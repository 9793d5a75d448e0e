"""What a phone asks of the page itself, in scripts."""

FIND = """
const [selector, text, part] = arguments;
const words = (element) => element.textContent.replace(/\\s+/g, " ");
const isShown = (element) =>
  element.checkVisibility({ visibilityProperty: true }) && element.getClientRects().length;
return [...document.querySelectorAll(selector)]
  .filter((element) => words(element).includes(text))
  .flatMap((element) => part ? [...element.querySelectorAll(part)] : [element])
  .filter(isShown);
"""
OPTION = """
const [selector, text] = arguments;
const { options } = document.querySelector(selector);
return [...options].find((option) => option.text.includes(text));
"""
COUNT = "return document.querySelectorAll(arguments[0]).length"
NEAR = "arguments[0].scrollIntoView({ block: 'center', behavior: 'instant' })"
IN_VIEW = """
const { top } = arguments[0].getBoundingClientRect();
return top >= 0 && top < innerHeight - 50;
"""
IS_TOO_WIDE = """
const page = document.documentElement;
return page.scrollWidth > page.clientWidth
  && [...document.querySelectorAll("main *")]
    .filter((element) => element.getBoundingClientRect().right > page.clientWidth + 1)
    .slice(0, 3).map((element) => element.outerHTML.slice(0, 100));
"""
# Each part of the scripts defines elements of its own: none is left that nobody knows.
IS_ALIVE = """
return customElements.get("sent-state") && !document.querySelector(":not(:defined)");
"""
ZOOMS_IN = """
return [...document.querySelectorAll("input:not([type=hidden]), textarea, select")]
  .filter((field) => !field.matches("[type=radio], [type=checkbox], [type=file]"))
  .filter((field) => field.getClientRects().length)
  .filter((field) => parseFloat(getComputedStyle(field).fontSize) < 16)
  .map((field) => field.id);
"""
# The page itself keeps what goes wrong in it: not every engine tells of its console.
COMPLAINTS = """
if (window.complaints) return window.complaints.splice(0);
const complaints = window.complaints = [];
const note = (words) => complaints.push(`${words} at ${location.href}`);
addEventListener("error", ({ message, target }) =>
  note(message ?? `not loaded: ${target.src ?? target.href}`), true);
addEventListener("unhandledrejection", (event) => event.defaultPrevented || note(event.reason));
document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) =>
  note(`the policy's ${violatedDirective} forbids ${blockedURI}`));
const { error } = console;
console.error = (...words) => { note(words.join(" ")); error(...words); };
return [];
"""
