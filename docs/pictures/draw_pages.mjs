#!/usr/bin/env node
// Draws the main pages of the reading page, of an index of seeds/ that is served.
//
//   pullquote serve --index DIR --port 8765
//   npm ci --prefix tests/browser
//   node docs/pictures/draw_pages.mjs http://127.0.0.1:8765 PICTURES [all]
//
// Writes the pictures of docs/serve.md; with `all` each page at 390 and 1,280 pixels, light and
// dark. Needs Chromium at /usr/bin/chromium, and a limit of questions that lets 36 pass.
import path from "node:path";
import { createRequire } from "node:module";

const require = createRequire(path.resolve("tests/browser/package.json"));
const puppeteer = require("puppeteer-core");
const [base, pictures, all = ""] = process.argv.slice(2);
const QUESTION = encodeURIComponent("How many Pakistani soldiers were killed?");
const ARTICLE = "/a/seeds%2F000_db31cce83be5bc05.txt?q=1125-1433#q=1125-1433";
const PAGES = {
  home: "/",
  answer: `/ask?q=${QUESTION}`,
  refusal: "/ask?q=Who+won+the+chess+championship%3F",
  search: "/search?q=border+violence",
  verify: "/verify?q=six+Pakistani+soldiers+and+25+members+of+the+Pakistani+Taliban",
  said: "/said?q=Asif",
  timeline: "/timeline?q=border+violence",
  sources: "/sources",
  article: ARTICLE,
};
const KEPT = [
  ["answer", 1280, "light"],
  ["verify", 390, "light"],
  ["article", 390, "dark"],
  ["sources", 1280, "dark"],
];
const every = Object.keys(PAGES).flatMap((name) =>
  [390, 1280].flatMap((width) => ["light", "dark"].map((theme) => [name, width, theme])),
);

const browser = await puppeteer.launch({
  executablePath: "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
});
const page = await browser.newPage();
for (const [name, width, theme] of all ? every : KEPT) {
  await page.setViewport({ width, height: width === 390 ? 844 : 720 });
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: theme }]);
  await page.goto("about:blank");
  await page.goto(base + PAGES[name], { waitUntil: "load" });
  const suffix = all ? `.${width}.${theme}` : "";
  const whole = name !== "article" && width === 390;
  await page.screenshot({ path: path.join(pictures, `page-${name}${suffix}.png`), fullPage: whole });
}
await browser.close();
