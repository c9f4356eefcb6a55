// Watches a book in Chromium as an editor does: opens the address once, edits, and looks.
//
//     node watch.mjs NODE_MODULES BROWSER ADDRESS FILE OLD NEW BROKEN SCHEME SHOTS
//
// In: the address that `katern watch` printed, a chapter's file, words in it and what takes their
// place, and a line that cannot be set. Out, as JSON: what axe finds, what ran wrong, what was asked
// of other hosts, and what is seen after each save.

import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

const [modules, browserPath, address, file, old, fresh, broken, scheme, shots] = process.argv.slice(2)
const require = createRequire(join(modules, 'none.js'))
const { chromium } = require('playwright-core')
const axe = require.resolve('@daisy/axe-core-for-ace/axe.min.js')
const browser = await chromium.launch({ executablePath: browserPath, args: ['--no-sandbox'] })
const context = await browser.newContext({ colorScheme: scheme, viewport: { width: 1500, height: 950 } })
const page = await context.newPage()
const told = { errors: [], strange: [], axe: [] }
page.on('pageerror', error => told.errors.push(String(error)))
page.on('request', request => {
    if (new URL(request.url()).origin !== new URL(address).origin) told.strange.push(request.url())
})
await page.goto(address)
told.opened = page.url()
const again = await context.browser().newContext()
told.again = (await again.request.get(address)).status()

const state = wanted => page.waitForFunction(
    one => document.getElementById('state').dataset.state === one && document.body.dataset.scene,
    wanted, { timeout: 110000 })

async function seen() {
    await page.waitForFunction(() => document.getElementById('document').contentDocument?.readyState === 'complete' && document.getElementById('document').contentDocument.body)
    return page.evaluate(() => {
        const here = document.querySelector('.here')
        const pane = document.getElementById('print').getBoundingClientRect()
        const box = here?.getBoundingClientRect()
        const frame = document.getElementById('document')
        return {
            pages: document.querySelectorAll('#pages li').length,
            ahead: [...document.querySelectorAll('#pages .ahead')].map(one => Number(one.id.slice(5))),
            sources: [...document.querySelectorAll('#pages img')].map(one => one.getAttribute('src')),
            here: here && Number(here.parentElement.id.slice(5)),
            inView: Boolean(box && box.top >= pane.top && box.bottom <= pane.bottom),
            problems: [...document.querySelectorAll('#list li')].map(one => one.textContent),
            document: document.getElementById('documents').value,
            shown: [...(frame.contentDocument?.querySelectorAll('[style*="box-shadow"]') ?? [])].map(one => one.textContent),
            scripts: frame.contentDocument?.querySelectorAll('script').length,
        }
    })
}

async function shot(name) {
    if (shots) await page.screenshot({ path: join(shots, `watch-${name}-${scheme}.png`) })
}

await state('whole')
await page.waitForTimeout(400)
told.first = await seen()
await shot('whole')

const text = readFileSync(file, 'utf8')
writeFileSync(file, text.replace(old, fresh))
await state('ahead')
await page.waitForFunction(words => document.getElementById('document').contentDocument?.body?.textContent.includes(words), fresh)
await page.waitForTimeout(300)
told.ahead = await seen()
await shot('ahead')
await state('whole')
await page.waitForTimeout(400)
told.whole = await seen()
await shot('confirmed')

writeFileSync(file, `${text.replace(old, fresh)}\n${broken}\n`)
await state('stopped')
told.stopped = await seen()
// The page's own policy lets no script in but its own; what drives the browser may.
await page.evaluate(readFileSync(axe, 'utf8'))
const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'], iframes: false }))
told.axe = found.violations.map(one => `${one.id}: ${one.nodes.map(node => node.html.slice(0, 100)).join(' | ')}`)
await shot('stopped')
writeFileSync(file, text.replace(old, fresh))
await page.waitForFunction(() => document.getElementById('problems').hidden, null, { timeout: 110000 })
told.mended = await seen()
await browser.close()
console.log(JSON.stringify(told))
