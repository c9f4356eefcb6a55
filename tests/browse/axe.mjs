// Opens pages in Chromium, and tells what axe finds on each.
//
//     node axe.mjs NODE_MODULES BROWSER PAGE…
//
// Out, as JSON: for each page and colour scheme what axe finds, what ran wrong and what was asked of
// the network, a line each.

import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const [modules, browserPath, ...pages] = process.argv.slice(2)
const require = createRequire(join(modules, 'none.js'))
const { chromium } = require('playwright-core')
const axe = require.resolve('@daisy/axe-core-for-ace/axe.min.js')
const browser = await chromium.launch({ executablePath: browserPath, args: ['--no-sandbox'] })
const told = []
for (const colorScheme of ['light', 'dark']) {
    const context = await browser.newContext({ colorScheme, viewport: { width: 1280, height: 900 } })
    for (const file of pages) {
        const page = await context.newPage()
        page.on('request', request => {
            if (!/^(file|data):/.test(request.url())) told.push(`${file}: asked for ${request.url()}`)
        })
        page.on('pageerror', error => told.push(`${file}: ${error}`))
        await page.goto(pathToFileURL(file).href)
        await page.addScriptTag({ path: axe })
        const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }))
        for (const one of found.violations) {
            told.push(`${file}, ${colorScheme}: ${one.id}: ${one.nodes.map(node => node.html.slice(0, 120)).join(' | ')}`)
        }
        await page.close()
    }
}
await browser.close()
console.log(JSON.stringify(told))
