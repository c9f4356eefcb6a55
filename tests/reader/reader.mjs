// The page in the browser: opens /book.epub in foliate-js and answers what read.mjs asks of it.

import '/foliate-js/view.js'
import { FootnoteHandler } from '/foliate-js/footnotes.js'

const OPS = 'http://www.idpf.org/2007/ops'
const view = document.createElement('foliate-view')
let popped = null

const shown = () => view.renderer.getContents()[0]
const isVisible = element => Boolean(view.lastLocation?.range?.intersectsNode(element))
const settled = () => new Promise(done => setTimeout(done, 60))

// Whether something becomes so within some seconds.
async function until(isSo) {
    for (let tries = 0; tries < 100; tries += 1) {
        if (isSo()) return true
        await settled()
    }
    return false
}

const flat = entries => (entries ?? []).flatMap(entry => [entry, ...flat(entry.subitems)])

async function open({ size, paper, ink }) {
    document.body.append(view)
    await view.open(new File([await (await fetch('/book.epub')).blob()], 'book.epub'))
    view.renderer.setAttribute('flow', 'paginated')
    view.renderer.setAttribute('max-column-count', '1')
    view.renderer.setAttribute('margin', '40px')
    const colours = paper ? `html { background: ${paper}; color: ${ink} }` : ''
    view.renderer.setStyles(`html { color-scheme: light dark; font-size: ${size}% } ${colours}`)
    await view.renderer.next()
    const { book } = view
    return {
        title: book.metadata.title,
        language: book.metadata.language,
        direction: book.dir ?? '',
        sections: book.sections.map(section => section.id),
        contents: flat(book.toc).map(({ label, href }) => ({ label: label.trim(), href })),
        landmarks: (book.landmarks ?? []).map(({ type, href }) => ({ type: [...type].join(' '), href })),
        pageList: flat(book.pageList).map(({ label, href }) => ({ label, href })),
    }
}

// What is on a page besides words in the reader's own colour, within the column.
function faults() {
    const { doc } = shown()
    const { documentElement: root, defaultView } = doc
    const column = parseFloat(root.style.columnWidth)
    const ink = defaultView.getComputedStyle(root).color
    const found = []
    for (const element of doc.body.querySelectorAll('*')) {
        if (element.closest('svg, .table')) continue
        const name = `${element.localName}.${element.className} “${element.textContent.slice(0, 20)}”`
        const hasWords = [...element.childNodes].some(({ nodeType, data }) => nodeType === 3 && data.trim())
        if (hasWords && defaultView.getComputedStyle(element).color !== ink) found.push(`${name}: own colour`)
        if ([...element.getClientRects()].some(({ width }) => width > column + 1))
            found.push(`${name}: wider than the column`)
    }
    for (const image of doc.images)
        if (!image.naturalWidth) found.push(`${image.src}: not shown`)
    return found
}

async function turn() {
    await view.renderer.goTo({ index: 0, anchor: () => 0 })
    const visited = []
    const wrong = []
    let pages = 0
    for (;;) {
        pages += 1
        const { index } = shown()
        if (visited.at(-1) !== index) {
            visited.push(index)
            await shown().doc.fonts.ready
            wrong.push(...faults().map(fault => `${view.book.sections[index].id}: ${fault}`))
        }
        if (view.renderer.atEnd) return { pages, visited, wrong }
        await view.renderer.next()
    }
}

// Where a jump leads to: the section, and whether the element that is meant is on the page.
async function jump(href) {
    const target = view.book.resolveHref(href)
    const isThere = () => {
        const { doc, index } = shown()
        const anchor = target.anchor(doc)
        const element = anchor?.nodeType === Node.ELEMENT_NODE ? anchor : doc.body
        return index === target.index && isVisible(element)
    }
    await view.goTo(href)
    return {
        there: await until(isThere),
        section: view.book.sections[shown().index].id,
        page: view.lastLocation?.pageItem?.label ?? '',
    }
}

function click(element) {
    element.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }))
}

// Every note: followed as a link, back by its own link, and shown as a pop-up.
async function notes() {
    const handler = new FootnoteHandler()
    handler.addEventListener('before-render', ({ detail }) => {
        detail.view.style.cssText = 'position: fixed; width: 300px; height: 300px'
        document.body.append(detail.view)
    })
    handler.addEventListener('render', ({ detail }) => { popped = detail })
    const found = []
    for (const [index, section] of view.book.sections.entries()) {
        const doc = await section.createDocument()
        const ids = [...doc.querySelectorAll('a')]
            .filter(a => a.getAttributeNS(OPS, 'type') === 'noteref')
            .map(a => a.id)
        for (const id of ids) found.push(await note(handler, index, id))
    }
    return found
}

async function note(handler, index, id) {
    const call = () => shown().doc.getElementById(id)
    await view.renderer.goTo({ index, anchor: doc => doc.getElementById(id) })
    await until(() => isVisible(call()))
    const name = call().getAttribute('href').slice(1)
    click(call())
    const aside = shown().doc.getElementById(name)
    const words = aside.textContent.trim()
    const there = await until(() => isVisible(aside))
    const back = [...aside.querySelectorAll('a')].find(a => a.getAttribute('href') === `#${id}`)
    if (back) click(back)
    const returned = Boolean(back) && (await until(() => isVisible(call())))
    const pop = event => handler.handle(view.book, event)
    view.addEventListener('link', pop)
    popped = null
    click(call())
    // It is whole once it knows its place; taken away before, it would complain.
    await until(() => popped?.view.lastLocation)
    view.removeEventListener('link', pop)
    const shownWords = popped?.view.renderer.getContents()[0].doc.body.textContent.trim()
    popped?.view.remove()
    return { id, there, returned, popped: shownWords === words, hidden: Boolean(popped?.hidden) }
}

// Bring the first element that a selector finds in the book onto the page.
async function show(selector) {
    for (const [index, section] of view.book.sections.entries()) {
        const doc = await section.createDocument()
        if (!doc.querySelector(selector)) continue
        await view.renderer.goTo({ index, anchor: there => there.querySelector(selector) })
        await shown().doc.fonts.ready
        await settled()
        return true
    }
    return false
}

window.reader = { open, turn, jump, notes, show }
