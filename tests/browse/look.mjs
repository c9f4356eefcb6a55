// Opens a report in Chromium as a person would, and tells what it does.
//
//     node look.mjs NODE_MODULES BROWSER REPORT SCHEME SHOTS
//
// In: the file of a report, "light" or "dark", a folder for pictures (or ""). Out, as JSON: what axe
// finds, what was asked of the network, and what came of clicks, filters and keys.

import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const [modules, browserPath, report, scheme, shots] = process.argv.slice(2)
const require = createRequire(join(modules, 'none.js'))
const { chromium } = require('playwright-core')
const axe = require.resolve('@daisy/axe-core-for-ace/axe.min.js')
const browser = await chromium.launch({ executablePath: browserPath, args: ['--no-sandbox'] })
const context = await browser.newContext({ colorScheme: scheme, viewport: { width: 1280, height: 900 } })
const page = await context.newPage()
const asked = []
const errors = []
page.on('request', request => asked.push(request.url().slice(0, 40)))
page.on('pageerror', error => errors.push(String(error)))
await page.goto(pathToFileURL(report).href)

async function audited() {
    await page.addScriptTag({ path: axe })
    const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }))
    return found.violations.map(one => `${one.id}: ${one.nodes.map(node => node.html.slice(0, 120)).join(' | ')}`)
}

async function picture(name) {
    if (shots) await page.screenshot({ path: join(shots, `${scheme}-${name}.png`) })
}

const told = { asked, errors }
told.axe = await audited()
told.thumbs = await page.locator('.thumb').count()
told.visible = await page.locator('li.problem:visible').count()
told.places = await page.locator('a.place').evaluateAll(found => found.map(one => [one.textContent, one.href]))
await picture('page')
await page.locator('#pages').scrollIntoViewIfNeeded()
await picture('pages')

// Click on a page that has findings, and on one of its boxes.
const marked = page.locator('.thumb:not(.bare)').first()
told.first = await marked.getAttribute('data-page')
await marked.locator('button').click()
told.title = await page.locator('#sheet-title').textContent()
told.boxes = await page.locator('.box').evaluateAll(found => {
    const whole = document.querySelector('.stage img').getBoundingClientRect()
    return found.map(one => {
        const box = one.getBoundingClientRect()
        return [box.left - whole.left, box.top - whole.top, box.right - whole.left, box.bottom - whole.top, whole.width]
    })
})
await page.locator('.box').first().click()
told.chosen = await page.locator('.findings > li.chosen').count()
told.focused = await page.evaluate(() => document.activeElement.className)
told.open = await audited()
await picture('sheet')

// Keys.
await page.keyboard.press('ArrowRight')
told.right = await page.locator('#sheet-title').textContent()
await page.keyboard.press('ArrowLeft')
told.left = await page.locator('#sheet-title').textContent()
told.walked = []
for (let at = 0; at < 60; at++) {
    await page.keyboard.press('n')
    const here = await page.evaluate(() => `${document.querySelector('#sheet-title').textContent} ${document.activeElement.dataset.at}`)
    if (here === told.walked.at(-1)) break
    told.walked.push(here)
}
await page.keyboard.press('Escape')
told.closed = !(await page.locator('#sheet').isVisible())
told.back = await page.evaluate(() => document.activeElement.closest('.thumb') !== null)

// The button beside a problem opens its page with it chosen.
const beside = page.locator('li.problem button.page').first()
await beside.focus()
await page.keyboard.press('Enter')
told.beside = await page.locator('.findings > li.chosen').count()
await page.keyboard.press('Escape')

// Filters.
const kinds = page.locator('.kinds input')
told.kinds = await kinds.evaluateAll(found => found.map(one => one.value))
await page.locator('.kinds button[data-all=no]').click()
told.none = await page.locator('li.problem:visible').count()
await kinds.first().check()
told.filtered = await page.locator('li.problem:visible').evaluateAll(found => found.map(one => one.dataset.code))
told.status = await page.locator('#shown').textContent()
told.groups = await page.locator('.group:visible').count()
told.tallies = await page.locator('.thumb:not(.bare)').evaluateAll(
    found => found.map(one => [Number(one.dataset.page), one.querySelector('.tally').textContent]))
told.bare = await page.locator('.thumb.bare .tally').evaluateAll(found => found.map(one => one.textContent))
const other = page.locator('.thumb:not(.bare)').first()
if (await other.count()) {
    await other.locator('button').click()
    told.drawn = await page.locator('.findings > li code').evaluateAll(found => found.map(one => one.textContent))
    await page.keyboard.press('End')
    for (let at = 0; at < 3; at++) await page.keyboard.press('n')
    const there = await page.locator('#sheet-title').textContent()
    await page.keyboard.press('n')
    await page.keyboard.press('p')
    told.returned = [there, await page.locator('#sheet-title').textContent()]
    await page.keyboard.press('Escape')
}
await page.locator('#problems').scrollIntoViewIfNeeded()
await picture('filter')
await page.locator('.kinds button[data-all=yes]').click()
told.all = await page.locator('li.problem:visible').count()
await browser.close()
console.log(JSON.stringify(told))
