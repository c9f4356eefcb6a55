// Reads e-books as a person would: in foliate-js, in one Chromium that stays open.
//
//     node read.mjs NODE_MODULES BROWSER
//
// In, on each line, one job as JSON: `epub`; `scheme` (light, dark); `size` in percent; `paper` and
// `ink` where the reader gives colours; `turn`, `jump`, `notes`: whether to do these; `shots`: by
// file, the selector of what a picture is taken of. Out, on each line, what was found, as JSON.

import { createReadStream, existsSync } from 'node:fs'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import { dirname, extname, join, normalize } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const [modules, browserPath] = process.argv.slice(2)
const { chromium } = createRequire(join(modules, 'none.js'))('playwright-core')
const here = dirname(fileURLToPath(import.meta.url))
const TYPES = { '.html': 'text/html', '.mjs': 'text/javascript', '.js': 'text/javascript' }
const VIEWPORT = { width: 600, height: 900 }
// What the browser has to say of foliate-js itself, whatever book it opens.
const SANDBOX = 'An iframe which has both allow-scripts and allow-same-origin'
let epub = ''

function fileOf(path) {
    if (path === '/book.epub') return epub
    return path.startsWith('/foliate-js/')
        ? join(modules, normalize(path))
        : join(here, normalize(path === '/' ? '/reader.html' : path))
}

const server = createServer((request, response) => {
    const file = fileOf(new URL(request.url, 'http://reader').pathname)
    if (!existsSync(file)) return response.writeHead(404).end()
    response.setHeader('content-type', TYPES[extname(file)] ?? 'application/octet-stream')
    createReadStream(file).pipe(response)
})

async function done(browser, address, job) {
    epub = job.epub
    const page = await browser.newPage({ viewport: VIEWPORT, colorScheme: job.scheme })
    const said = []
    page.on('console', message => {
        const isOurs = !message.text().startsWith(SANDBOX)
        if (isOurs && ['error', 'warning'].includes(message.type())) said.push(message.text())
    })
    page.on('pageerror', error => said.push(error.message))
    page.on('requestfailed', request => said.push(`not fetched: ${request.url()}`))
    const ask = (name, ...given) =>
        page.evaluate(([what, values]) => window.reader[what](...values), [name, given])
    try {
        await page.goto(address)
        await page.waitForFunction(() => window.reader)
        const found = await ask('open', job)
        if (job.turn) found.turned = await ask('turn')
        if (job.jump) {
            for (const list of ['contents', 'landmarks', 'pageList'])
                for (const entry of found[list]) Object.assign(entry, await ask('jump', entry.href))
        }
        if (job.notes) found.notes = await ask('notes')
        found.shots = []
        for (const [file, selector] of Object.entries(job.shots ?? {})) {
            if (!(await ask('show', selector))) continue
            await page.screenshot({ path: file })
            found.shots.push(file)
        }
        return { ...found, said }
    } catch (error) {
        return { failed: error.message, said }
    } finally {
        await page.close()
    }
}

await new Promise(listening => server.listen(0, '127.0.0.1', listening))
const browser = await chromium.launch({
    executablePath: browserPath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic'],
})
const address = `http://127.0.0.1:${server.address().port}/`
for await (const line of createInterface({ input: process.stdin }))
    process.stdout.write(`${JSON.stringify(await done(browser, address, JSON.parse(line)))}\n`)
await browser.close()
server.close()
