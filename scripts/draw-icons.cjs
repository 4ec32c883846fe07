// Draws appPackage/color.png and appPackage/outline.png from the SVG files in appPackage/source. Run it by hand after
// changing those: node_modules/.bin/node scripts/draw-icons.cjs (needs Debian's chromium, or CHROMIUM=/path/to/it).
'use strict';

const fs = require('node:fs');
const path = require('node:path');
const { chromium } = require('playwright-core');

const folder = path.join(__dirname, '..', 'appPackage');

async function draw(page, name, size) {
  const svg = fs.readFileSync(path.join(folder, 'source', `${name}.svg`), 'utf8');
  await page.setViewportSize({ width: size, height: size });
  await page.setContent(
    `<body style="margin:0;background:transparent">${svg.replace('<svg', '<svg style="display:block"')}</body>`,
  );
  await page.screenshot({ path: path.join(folder, `${name}.png`), omitBackground: true });
}

async function main() {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox'],
  });
  const page = await browser.newPage();
  await draw(page, 'color', 192);
  await draw(page, 'outline', 32);
  await browser.close();
}

void main();
