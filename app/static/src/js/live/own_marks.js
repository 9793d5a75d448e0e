// Marks of what is one's own (<mine-marks> in #own-marks) go with the posts that are loaded beside the page's own.
const place = (page) => page.getElementById("own-marks");

// With more posts came the marks for them.
export function adoptMarks(page) {
  for (const mark of [...(place(page)?.children ?? [])]) {
    if (!document.getElementById(mark.id)) place(document)?.append(mark);
  }
}

// The page is fetched anew: of the posts that it does not bring, the marks stay.
export function keepMarks(page) {
  for (const mark of place(document)?.children ?? []) {
    const isBrought = page.getElementById(`post-${mark.id.split("-").at(-1)}`);
    if (!isBrought && !page.getElementById(mark.id)) place(page)?.append(mark.cloneNode(true));
  }
}
