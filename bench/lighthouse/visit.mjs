/**
 * Visits pages as Lighthouse's slow phone does, each in a fresh profile.
 *
 * Reads {"chromium", "flags", "runs", "pages": [{"name", "url", "cookies"}]} from standard input
 * and writes {name: [a row of scores and metrics per run]} to standard output.
 */
import { readFileSync } from "node:fs";

import lighthouse from "lighthouse";
import puppeteer from "puppeteer-core";

const { chromium, flags, runs, pages } = JSON.parse(readFileSync(0, "utf8"));
const METRICS = {
  fcp_ms: "first-contentful-paint",
  lcp_ms: "largest-contentful-paint",
  tbt_ms: "total-blocking-time",
  cls: "cumulative-layout-shift",
  speed_index_ms: "speed-index",
  bytes: "total-byte-weight",
};

async function visit({ url, cookies }) {
  const browser = await puppeteer.launch({ executablePath: chromium, args: flags, headless: true });
  try {
    if (cookies.length) await browser.setCookie(...cookies);
    const page = await browser.newPage();
    const options = { onlyCategories: ["performance", "accessibility"], logLevel: "silent" };
    const { lhr } = await lighthouse(url, options, undefined, page);
    if (lhr.runtimeError) throw new Error(`${url}: ${lhr.runtimeError.message}`);
    return row(lhr, new URL(url).pathname);
  } finally {
    await browser.close();
  }
}

function row({ categories, audits, finalDisplayedUrl }, path) {
  if (new URL(finalDisplayedUrl).pathname !== path) throw new Error(`${path} led to ${finalDisplayedUrl}`);
  const measured = Object.entries(METRICS).map(([name, audit]) => [name, audits[audit].numericValue]);
  const sent = audits["network-requests"].details.items;
  return {
    performance: categories.performance.score,
    accessibility: categories.accessibility.score,
    ...Object.fromEntries(measured),
    requests: sent.length,
    failed: [...failures(categories.accessibility, audits)],
  };
}

function* failures({ auditRefs }, audits) {
  for (const { id } of auditRefs) if (audits[id].score !== null && audits[id].score < 1) yield id;
}

const rows = {};
for (let run = 0; run < runs; run += 1) {
  for (const page of pages) (rows[page.name] ??= []).push(await visit(page));
}
process.stdout.write(JSON.stringify(rows));
