// Reports in a browser: nothing is loaded, nothing complains, axe finds nothing, the scorecard is one page, and A4 stays A4.
//
// The command is TALENT, else the one that the tests of the workspace built; the browser is CHROMIUM, else Debian's.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const root = new URL('../../../', import.meta.url).pathname;
const talent = process.env.TALENT ?? join(root, 'target/debug/talent');
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const minimal = ['--standard', join(root, 'docs/examples/minimal/standard.json')];
const example = (name) => join(root, `docs/examples/${name}.submission.json`);
const folder = mkdtempSync(join(tmpdir(), 'talent-browser-'));

/** The minimal submission, full of texts that try to leave their place. */
function hostile() {
  const submission = JSON.parse(readFileSync(join(root, 'docs/examples/minimal/submission.json'), 'utf8'));
  const script = '<script>document.title = "stolen"; fetch("http://example.com")</script>';
  const image = '"><img src="http://example.com/x.png" onerror="document.title = \'stolen\'">';
  submission.notice = { en: script };
  submission.submitter = { en: image };
  submission.community.name = { en: `\u202e${script}` };
  submission.evidence = [{ id: 'e', title: { en: image }, uri: 'javascript:alert(1)' }];
  submission.observations[0].evidence = ['e'];
  submission.observations[0].note = 'w'.repeat(10000);
  submission.observations[1].note = `</style><svg onload="document.title = 'stolen'">`;
  const path = join(folder, 'hostile.json');
  writeFileSync(path, JSON.stringify(submission));
  return path;
}

const cases = [
  { name: 'New Shougang in English', args: ['--lang', 'en', 'report', example('new-shougang')], langs: ['en'] },
  { name: 'New Shougang in Chinese', args: ['--lang', 'zh', 'report', example('new-shougang')], langs: ['zh-CN'] },
  { name: 'Tongzhou in both languages', args: ['--lang', 'zh', 'report', '--both', example('tongzhou')], langs: ['zh-CN', 'en'] },
  { name: 'three indicators', args: ['--lang', 'en', 'report', ...minimal, join(root, 'docs/examples/minimal/submission.json')], langs: ['en'] },
  { name: 'hostile texts', args: ['--lang', 'en', 'report', ...minimal, hostile()], langs: ['en'] },
];

let browser;
before(async () => {
  const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'];
  const quiet = ['--disable-background-networking', '--disable-component-update', '--disable-sync'];
  const options = { executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: [...flags, ...quiet], viewport: { width: 1100, height: 900 } };
  browser = await chromium.launchPersistentContext(join(folder, 'profile'), options);
});
after(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

for (const [number, { name, args, langs }] of cases.entries()) {
  test(name, async () => {
    const path = join(folder, `${number}.html`);
    execFileSync(talent, [...args, '-o', path]);
    const url = pathToFileURL(path).href;
    const page = await browser.newPage();
    const requests = [];
    const complaints = [];
    page.on('request', (request) => requests.push(request.url()));
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(String(error)));
    await page.goto(url);
    const title = await page.title();

    // The last rule of axe that could object is asked too: not only what is serious.
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
    const told = violations.map((rule) => `${rule.impact} ${rule.id}: ${rule.nodes.slice(0, 3).map((node) => node.html).join(' | ')}`);
    assert.deepEqual(told, []);

    const found = await page.evaluate(() => ({
      articles: [...document.querySelectorAll('article')].map((article) => article.lang),
      scripts: document.scripts.length,
      scenarios: document.querySelectorAll('.page-one .scenarios tbody tr').length,
      title: document.title,
    }));
    assert.deepEqual([found.articles, found.scripts, found.title], [langs, 0, title]);
    assert.ok(found.scenarios >= 2 && !title.startsWith('stolen'));

    // On a telephone nothing is pushed out of sight.
    await page.setViewportSize({ width: 390, height: 800 });
    assert.ok((await page.evaluate(() => document.scrollingElement.scrollWidth)) <= 390);

    // On paper: 210 mm less the margins of 14 mm, 297 mm less 13 and 15 mm, at 96 dots to the inch.
    await page.emulateMedia({ media: 'print' });
    await page.setViewportSize({ width: Math.floor((182 / 25.4) * 96), height: 1000 });
    const ends = await page.evaluate(() =>
      [...document.querySelectorAll('article')].map((article) => {
        const card = article.querySelector('.page-one').getBoundingClientRect();
        return card.bottom - article.getBoundingClientRect().top;
      }),
    );
    for (const end of name === 'hostile texts' ? [] : ends) {
      assert.ok(end <= (269 / 25.4) * 96, `the scorecard takes ${end} dots`);
    }
    const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: false });
    const text = pdf.toString('latin1');
    const boxes = [...text.matchAll(/\/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)\s*\]/g)].map(([, width, height]) => [Math.round(width), Math.round(height)]);
    assert.ok(boxes.length >= 1 && boxes.every(([width, height]) => width === 595 && height === 842), JSON.stringify(boxes));
    const pages = [...text.matchAll(/\/Type\s*\/Page\b(?!s)/g)].length;
    assert.ok(pages >= 2 && pages <= 80, `${pages} pages`);

    assert.deepEqual(requests, [url]);
    assert.deepEqual(complaints, []);
    await page.close();
  });
}
