// Drives the reading page at BASE in headless Chromium: each page at 390 and 1,280 pixels, in light
// and dark, with and without JavaScript, by keyboard alone, and judged by axe-core. Prints one line
// of JSON for each check, and exits with 1 if one failed. Pictures go to PICTURES, if it is set.
import fs from "node:fs";
import { createRequire } from "node:module";
import puppeteer from "puppeteer-core";

const { BASE, CHROMIUM, PICTURES } = process.env;
const AXE = fs.readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const QUESTION = "Who said the cables had been replaced?";
const PAGES = {
  home: "/",
  answer: `/ask?q=${encodeURIComponent(QUESTION)}`,
  refusal: "/ask?q=Who+won+the+chess+championship%3F",
  search: "/search?q=ferry",
  verify: "/verify?q=The+harbour+bridge+closed+on+Tuesday+after+eleven+months+of+repairs.",
  said: "/said?q=Kovac",
  timeline: "/timeline?q=harbour+bridge",
  sources: "/sources",
  article: "/a/harbour?q=72-193#q=72-193",
  problem: "/a/none",
};
const WIDTHS = [390, 1280];
let failed = false;

function report(check, problems) {
  failed ||= problems.length > 0;
  console.log(JSON.stringify({ check, problems }));
}

const browser = await puppeteer.launch({
  executablePath: CHROMIUM,
  args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
});
const page = await browser.newPage();
const strangers = [];
const complaints = [];
page.on("request", (request) => {
  if (!request.url().startsWith(BASE)) strangers.push(request.url());
});
page.on("console", (message) => {
  if (message.text().includes("Content Security Policy")) complaints.push(message.text());
});

for (const width of WIDTHS) {
  await page.setViewport({ width, height: 844 });
  for (const scheme of ["light", "dark"]) {
    await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
    for (const [name, path] of Object.entries(PAGES)) {
      await page.goto(BASE + path, { waitUntil: "load" });
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      const problems = wide > 0 ? [`${wide} pixels wider than the window`] : [];
      await page.evaluate(AXE); // by the debugger, which the page's policy does not hold back
      const found = await page.evaluate((tags) => axe.run(document, { runOnly: tags }), RULES);
      for (const violation of found.violations) {
        problems.push(`${violation.id}: ${violation.nodes.map((node) => node.html).join(" | ")}`);
      }
      report(`${name} at ${width}, ${scheme}`, problems);
      if (PICTURES) {
        await page.screenshot({ path: `${PICTURES}/page-${name}-${width}-${scheme}.png` });
      }
    }
  }
}
report("nothing is asked of another server", strangers);
report("nothing breaks the page's policy", complaints);

await page.setViewport({ width: 390, height: 500 });
await page.goto(BASE + PAGES.article, { waitUntil: "load" });
const seen = await page.evaluate(() => {
  const box = document.querySelector("mark").getBoundingClientRect();
  return box.top >= 0 && box.bottom <= innerHeight;
});
report("a permalink scrolls to its words", seen ? [] : ["the marked words are not in sight"]);
await page.goto("about:blank");
await page.goto(`${BASE}/a/harbour#q=72-80`, { waitUntil: "load" });
await page.waitForSelector("mark", { timeout: 20000 }).catch(() => null);
const words = await page.evaluate(() => document.querySelector("mark")?.textContent);
report("a link with its place after # alone is marked", words === "Engineer" ? [] : [`${words}`]);

await page.setJavaScriptEnabled(false);
await page.goto(BASE, { waitUntil: "load" });
const focused = [];
for (let presses = 0; presses < 20; presses += 1) {
  await page.keyboard.press("Tab");
  const client = await page.createCDPSession();
  const { result } = await client.send("Runtime.evaluate", {
    expression: "document.activeElement.id || document.activeElement.textContent",
  });
  focused.push(result.value);
  await client.detach();
  if (result.value === "q") break;
}
report(
  "the question is reached by the keyboard, after the way past the menu",
  focused[0] === "Skip to the text" && focused.at(-1) === "q" ? [] : focused,
);
await page.keyboard.type(QUESTION);
await Promise.all([page.waitForNavigation({ waitUntil: "load" }), page.keyboard.press("Enter")]);
const answered = await page.content();
report(
  "without JavaScript, the keyboard asks and an answer comes",
  answered.includes("cables had been replaced at a cost") ? [] : [page.url()],
);
const link = await page.$eval(".quote a", (anchor) => anchor.getAttribute("href"));
await page.focus(".quote a");
await Promise.all([page.waitForNavigation({ waitUntil: "load" }), page.keyboard.press("Enter")]);
const marked = await page.$eval("mark", (mark) => mark.textContent);
report("and its quote is opened, marked", marked.startsWith("Engineer") ? [] : [link, marked]);
await browser.close();
process.exit(failed ? 1 : 0);
