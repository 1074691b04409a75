// Drives the reading page of one archive at BASE: each page, with and without JavaScript, by
// keyboard alone, and judged by axe-core.
import { BASE, follow, judge, open, report, tabTo } from "./checks.mjs";

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

const { page, end } = await open();
await judge(page, PAGES);

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

await page.emulateMediaType("print");
const printed = await page.evaluate(() => ({
  menu: getComputedStyle(document.querySelector("header")).display,
  paper: getComputedStyle(document.body).backgroundColor,
}));
report(
  "on paper there is no menu, and it is white, in the dark, too",
  printed.menu === "none" && printed.paper === "rgb(255, 255, 255)" ? [] : [printed],
);
await page.emulateMediaType(null);

await page.setJavaScriptEnabled(false);
await page.goto(BASE, { waitUntil: "load" });
const focused = await tabTo(page, "q", 20);
report(
  "the question is reached by the keyboard, after the way past the menu",
  focused[0] === "Skip to the text" && focused.at(-1) === "q" ? [] : focused,
);
await page.keyboard.type(QUESTION);
await follow(page);
const answered = await page.content();
report(
  "without JavaScript, the keyboard asks and an answer comes",
  answered.includes("cables had been replaced at a cost") ? [] : [page.url()],
);
const link = await page.$eval(".quote a", (anchor) => anchor.getAttribute("href"));
await page.focus(".quote a");
await follow(page);
const marked = await page.$eval("mark", (mark) => mark.textContent);
report("and its quote is opened, marked", marked.startsWith("Engineer") ? [] : [link, marked]);
await end();
