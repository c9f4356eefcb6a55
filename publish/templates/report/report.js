// The pages of the report: a page seen large, its findings in their places, filters, keys.
// In: the items of the list of problems, which know page and rectangle (pt). Works from file://.
'use strict'
const all = (selector, within = document) => [...within.querySelectorAll(selector)]
const one = (selector, within = document) => within.querySelector(selector)
const problems = all('li.problem')
const thumbs = all('.thumb')
const sheet = one('#sheet')
let shown = 0
let chosen = -1

// Jump to the manuscript: its folder is known as seen from the report.
const folder = document.body.dataset.folder
for (const place of folder && location.protocol === 'file:' ? all('a.place') : []) {
    const path = new URL(`${folder}/${place.dataset.file}`, location.href).pathname
    place.href = `vscode://file${path}:${place.dataset.line}:${place.dataset.column}`
}

// Filters ------------------------------------------------------------------------------------
const kinds = all('.kinds input')

function filter() {
    const wanted = new Set(kinds.filter(kind => kind.checked).map(kind => kind.value))
    for (const problem of problems) problem.hidden = !wanted.has(problem.dataset.code)
    for (const group of all('.group')) group.hidden = !one('li.problem:not([hidden])', group)
    for (const thumb of thumbs) {
        const count = on(thumb.dataset.page).length
        thumb.classList.toggle('bare', !count)
        one('.tally', thumb).textContent = count ? `${count} finding${count === 1 ? '' : 's'}` : ''
    }
    const left = problems.filter(problem => !problem.hidden).length
    const status = one('#shown')
    if (status) status.textContent = `${left} of ${problems.length} shown.`
}

for (const kind of kinds) kind.addEventListener('change', filter)
for (const button of all('.kinds button')) {
    button.addEventListener('click', () => {
        for (const kind of kinds) kind.checked = button.dataset.all === 'yes'
        filter()
    })
}

// A page seen large --------------------------------------------------------------------------
function on(page) {
    return problems.filter(problem => problem.dataset.page === String(page) && !problem.hidden)
}

function open(page, problem = null) {
    const thumb = thumbs.find(thumb => thumb.dataset.page === String(page))
    if (!thumb) return
    shown = thumbs.indexOf(thumb)
    const found = on(page)
    one('#sheet-title').textContent = `Page ${one('.folio', thumb).lastChild.textContent.trim()}`
    const picture = one('.stage img')
    picture.src = one('img', thumb).src
    picture.alt = `Page ${page} of the print edition`
    one('.boxes').replaceChildren(...found.filter(rectangle).map(problem => box(problem, found, thumb)))
    one('.findings').replaceChildren(...found.map((problem, at) => item(problem, at)))
    if (!found.length) one('.findings').replaceChildren(none())
    if (!sheet.open) sheet.showModal()
    chosen = -1
    if (problem) choose(found.indexOf(problem))
    else one('#sheet-title').focus()
}

function rectangle(problem) {
    return problem.dataset.right !== problem.dataset.left
}

function box(problem, found, thumb) {
    const { left, top, right, bottom } = problem.dataset
    const [width, height] = [thumb.dataset.width, thumb.dataset.height].map(Number)
    const made = document.createElement('button')
    const at = found.indexOf(problem)
    made.type = 'button'
    made.className = `box ${problem.classList.contains('error') ? 'error' : 'warning'}`
    made.dataset.at = at
    made.style.left = `${100 * left / width}%`
    made.style.top = `${100 * top / height}%`
    made.style.width = `${100 * (right - left) / width}%`
    made.style.height = `${100 * (bottom - top) / height}%`
    made.textContent = at + 1
    made.setAttribute('aria-label', `Finding ${at + 1}: ${one('.message', problem).textContent}`)
    made.addEventListener('click', () => choose(at))
    return made
}

function item(problem, at) {
    const made = document.createElement('li')
    made.dataset.at = at
    made.className = problem.className
    made.tabIndex = -1
    made.append(...all('.severity, code, .what', problem).filter(part => !part.closest('.what code'))
        .map(part => part.cloneNode(true)))
    for (const button of all('button', made)) button.remove()
    made.addEventListener('click', () => mark(at))
    return made
}

function none() {
    const made = document.createElement('li')
    made.className = 'soft'
    made.textContent = 'Nothing was found on this page.'
    return made
}

function mark(at) {
    chosen = at
    for (const part of all('.box, .findings > li', sheet)) {
        part.classList.toggle('chosen', part.dataset.at === String(at))
    }
}

function choose(at) {
    mark(at)
    const item = one(`.findings > li[data-at="${at}"]`)
    if (item) item.focus()
}

function go(step) {
    const next = thumbs[shown + step]
    if (next) open(next.dataset.page)
}

// To the next finding, on this page or another.
function step(way) {
    const found = on(thumbs[shown].dataset.page)
    if (found[chosen + way]) return choose(chosen + way)
    for (let at = shown + way; thumbs[at]; at += way) {
        const there = on(thumbs[at].dataset.page)
        if (there.length) return open(thumbs[at].dataset.page, there.at(way > 0 ? 0 : -1))
    }
}

for (const thumb of thumbs) one('button', thumb).addEventListener('click', () => open(thumb.dataset.page))
for (const problem of problems) {
    const button = one('button.page', problem)
    if (button) button.addEventListener('click', () => open(problem.dataset.page, problem))
}
if (sheet) {
    for (const button of all('[data-go]', sheet)) {
        button.addEventListener('click', () => {
            if (button.dataset.go === 'close') sheet.close()
            else go(Number(button.dataset.go))
        })
    }
    sheet.addEventListener('close', () => one('button', thumbs[shown]).focus())
    sheet.addEventListener('keydown', event => {
        if (event.ctrlKey || event.altKey || event.metaKey) return
        const act = { ArrowLeft: () => go(-1), ArrowRight: () => go(1), n: () => step(1), p: () => step(-1) }
        if (!act[event.key]) return
        event.preventDefault()
        act[event.key]()
    })
}
filter()
