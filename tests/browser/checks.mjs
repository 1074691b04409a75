// What the scripts of this folder share: headless Chromium, and checks of pages. A check is printed
// as one line of JSON; the exit status is 1 if one found a problem.
import fs from "node:fs";
import { createRequire } from "node:module";
import puppeteer from "puppeteer-core";

const { CHROMIUM, PICTURES } = process.env;
const AXE = fs.readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const WIDTHS = [390, 1280];
export const { BASE } = process.env;
let failed = false;

export function report(check, problems) {
  failed ||= problems.length > 0;
  console.log(JSON.stringify({ check, problems }));
}

// A page of a new browser, and an end that reports what it asked of others, and closes it.
export async function open() {
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
  const end = async () => {
    report("nothing is asked of another server", strangers);
    report("nothing breaks the page's policy", complaints);
    await browser.close();
    process.exit(failed ? 1 : 0);
  };
  return { page, end };
}

// Judges each page at both widths, in light and dark. Pictures go to PICTURES, if it is set.
export async function judge(page, pages) {
  for (const width of WIDTHS) {
    await page.setViewport({ width, height: 844 });
    for (const scheme of ["light", "dark"]) {
      await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
      for (const [name, path] of Object.entries(pages)) {
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
}

// Presses Tab until the element with an id, or with a text, has the focus; returns what had it.
export async function tabTo(page, wanted, most = 60) {
  const focused = [];
  const client = await page.createCDPSession();
  while (focused.length < most && focused.at(-1) !== wanted) {
    await page.keyboard.press("Tab");
    const { result } = await client.send("Runtime.evaluate", {
      expression: "document.activeElement.id || document.activeElement.textContent",
    });
    focused.push(result.value);
  }
  await client.detach();
  return focused;
}

// Presses a key that leads to another page, and waits for that.
export async function follow(page, key = "Enter") {
  await Promise.all([page.waitForNavigation({ waitUntil: "load" }), page.keyboard.press(key)]);
}
