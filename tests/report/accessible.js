// accessible.js PAGE...: opens each page in Chromium from the disk, without any network, and holds it against axe-core's rules (WCAG 2.1, A and AA).
// Prints one line a violation, and for each page its size, requests beyond the page itself, and scripts; exits 1 if anything is wrong.
const path = require('path');
const fs = require('fs');
const tools = process.env.REPORT_TOOLS;
const puppeteer = require(path.join(tools, 'node_modules', 'puppeteer-core'));
const axe = fs.readFileSync(path.join(tools, 'node_modules', 'axe-core', 'axe.min.js'), 'utf8');

async function check(browser, file) {
  const page = await browser.newPage();
  const asked = [];
  let wrong = 0;
  page.on('request', (request) => { if (!request.url().startsWith('data:')) asked.push(request.url()); });
  await page.goto('file://' + path.resolve(file), { waitUntil: 'load' });
  const scripts = await page.evaluate(() => document.scripts.length);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  await page.evaluate(axe);
  const result = await page.evaluate(async () => await axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'] }));
  for (const violation of result.violations) {
    wrong++;
    console.log(`${file}: ${violation.id} (${violation.impact}): ${violation.help}`);
    for (const node of violation.nodes.slice(0, 3)) console.log(`    ${node.target.join(' ')}: ${node.html.slice(0, 160)}`);
  }
  if (asked.length !== 1) { wrong++; console.log(`${file}: asks for more than itself: ${asked.slice(1).join(', ')}`); }
  if (scripts !== 0) { wrong++; console.log(`${file}: holds ${scripts} scripts`); }
  if (wide > 0) { wrong++; console.log(`${file}: is ${wide} pixels wider than a window of 1280`); }
  const megabytes = fs.statSync(file).size / 1e6;
  if (megabytes > 3) { wrong++; console.log(`${file}: ${megabytes.toFixed(1)} MB; at most 3`); }
  console.log(`${file}: ${result.passes.length} rules passed, ${result.violations.length} violated, ${megabytes.toFixed(2)} MB`);
  await page.close();
  return wrong;
}

(async () => {
  const browser = await puppeteer.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'], defaultViewport: { width: 1280, height: 900 } });
  let wrong = 0;
  for (const file of process.argv.slice(2)) wrong += await check(browser, file);
  await browser.close();
  process.exit(wrong === 0 ? 0 : 1);
})();
