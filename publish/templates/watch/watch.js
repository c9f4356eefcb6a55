// Shows each scene that the server tells: pages on the left, the e-book on the right.
//
// A page keeps its place on the screen from scene to scene; where an edit was made, both sides go
// there, unless that is switched off.

const $ = name => document.getElementById(name)
const states = {
  whole: 'The whole book, as it is built',
  ahead: 'Set ahead, from the chapter alone; the whole book is being set',
  making: 'Setting the whole book …',
  stopped: 'Not set: these are the last good pages',
}
const reduced = matchMedia('(prefers-reduced-motion: reduce)')
let scene = null

new EventSource('/scenes').onmessage = async event => {
  const next = JSON.parse(event.data)
  if (scene && next.number <= scene.number) return
  const before = scene
  scene = next
  await showPages(before)
  if (scene !== next) return
  showState()
  showProblems()
  showEbook(before)
  document.body.dataset.scene = next.number
}

function element(name, parts = {}, ...children) {
  const made = Object.assign(document.createElement(name), parts)
  made.append(...children)
  return made
}

function showState() {
  $('state').dataset.state = scene.state
  $('state').textContent = states[scene.state]
}

// Pages -------------------------------------------------------------------------------------------

async function showPages(before) {
  const known = new Map([...$('pages').children].map(one => [one.dataset.source, one]))
  const kept = place()
  const made = scene.leaves.map((leaf, at) => known.get(leaf.source) ?? newPage(leaf, at))
  const near = scene.at?.page ?? kept?.page ?? 0
  // What is on the screen is loaded before it takes the place of what was there.
  await Promise.all(made.slice(Math.max(near - 1, 0), near + 3).map(one => {
    const image = one.querySelector('img')
    image.loading = 'eager'
    return image.decode().catch(() => {})
  }))
  made.forEach((one, at) => {
    one.classList.toggle('ahead', scene.leaves[at].ahead)
    one.id = `page-${at}`
    one.querySelector('.folio').textContent = scene.leaves[at].label + (scene.leaves[at].ahead ? ' · ahead' : '')
    one.querySelectorAll('.here, .mark').forEach(mark => mark.remove())
  })
  $('pages').replaceChildren(...made)
  for (const problem of scene.problems) if (problem.at) mark(problem.at, 'mark', problem.severity)
  if (scene.at) mark(scene.at, 'here')
  if (scene.at && $('follow').checked && scene.number !== before?.number) goTo(scene.at)
  else if (kept) keep(kept)
}

function newPage(leaf, at) {
  const image = element('img', { src: leaf.source, alt: `Page ${leaf.label}`, loading: 'lazy', width: Math.round(leaf.width), height: Math.round(leaf.height) })
  const made = element('li', {}, image, element('span', { className: 'folio' }))
  made.dataset.source = leaf.source
  return made
}

function mark(at, kind, severity = '') {
  const page = $('pages').children[at.page]
  const leaf = scene.leaves[at.page]
  if (!page || !leaf) return
  const [left, top, , bottom] = at.sides
  const made = element('i', { className: kind })
  made.dataset.severity = severity
  const image = page.querySelector('img')
  const tall = image.offsetHeight
  made.style.top = `${tall * top / leaf.height}px`
  made.style.height = `${Math.max(tall * (bottom - top) / leaf.height, 4)}px`
  if (kind === 'mark') made.style.left = `calc(${100 * left / leaf.width}% - 8px)`
  page.append(made)
}

function place() {
  const pane = $('print')
  const page = [...$('pages').children].findIndex(one => one.offsetTop + one.offsetHeight > pane.scrollTop + pane.offsetTop)
  const one = $('pages').children[page]
  return one && { page, over: pane.scrollTop - one.offsetTop }
}

function keep({ page, over }) {
  const one = $('pages').children[Math.min(page, $('pages').children.length - 1)]
  if (one) $('print').scrollTop = one.offsetTop + over
}

function goTo(at) {
  const page = $('pages').children[at.page]
  if (!page) return
  const pane = $('print')
  const leaf = scene.leaves[at.page]
  const image = page.querySelector('img')
  const line = page.offsetTop - pane.offsetTop + image.offsetHeight * at.sides[1] / leaf.height
  const free = pane.clientHeight
  if (line < pane.scrollTop + 40 || line > pane.scrollTop + free - 60) pane.scrollTo({ top: line - free / 3, behavior: reduced.matches ? 'auto' : 'instant' })
}

// Problems ----------------------------------------------------------------------------------------

function showProblems() {
  const count = scene.problems.length
  $('problems').hidden = !count
  $('sum').textContent = count === 1 ? 'One problem' : `${count} problems`
  $('list').replaceChildren(...scene.problems.map(one => {
    const said = element('button', { type: 'button', disabled: !one.at }, element('code', { textContent: `${one.file} ${one.code}`.trim() }), one.message)
    if (one.at) said.addEventListener('click', () => goTo(one.at))
    const made = element('li', {}, said, ...(one.hint ? [element('small', { textContent: one.hint })] : []))
    made.dataset.severity = one.severity
    return made
  }))
}

// E-book ------------------------------------------------------------------------------------------

const frame = $('document')
let frameScene = 0

function address(path) {
  return `/book/${path.split('/').map(encodeURIComponent).join('/')}`
}

function showEbook(before) {
  const list = $('documents')
  const titles = scene.documents.map(one => new Option(one.title, one.path))
  const chosen = list.value
  list.replaceChildren(...titles)
  const edited = scene.at && $('follow').checked && scene.documents.find(one => one.path.endsWith(`/${scene.at.document}`))
  const wanted = edited?.path ?? (scene.documents.some(one => one.path === chosen) ? chosen : scene.documents[0]?.path)
  if (!wanted) return
  list.value = wanted
  const same = wanted === chosen && frameScene
  const top = same ? frame.contentWindow?.scrollY ?? 0 : 0
  open(wanted, () => edited && scene.at?.words ? findWords(scene.at.words, top) : frame.contentWindow.scrollTo(0, top))
}

function open(path, then) {
  frameScene = scene.number
  frame.addEventListener('load', () => { margins(frame.contentDocument.body); then() }, { once: true })
  frame.contentWindow.location.replace(`${address(path)}?${scene.number}`)
}

// A book leaves its margins to the reading system.
function margins(body) {
  Object.assign(body.style, { maxWidth: '34rem', margin: '0 auto', padding: '2rem 1.75rem' })
}

function findWords(words, otherwise) {
  const squeezed = text => text.replace(/[\s\u00ad]+/g, ' ').trim()
  const found = [...frame.contentDocument.querySelectorAll('p, li, h1, h2, h3, h4, h5, h6, dt, dd, td, th, figcaption')]
    .find(one => squeezed(one.textContent).includes(squeezed(words)))
  if (!found) return frame.contentWindow.scrollTo(0, otherwise)
  found.scrollIntoView({ block: 'center' })
  found.style.boxShadow = '-0.6em 0 0 -0.35em #c8102e'
}

$('documents').addEventListener('change', () => open($('documents').value, () => {}))
$('page').addEventListener('change', () => {
  const at = scene?.leaves.findIndex(one => one.label === $('page').value.trim()) ?? -1
  if (at >= 0) $('pages').children[at].scrollIntoView()
})
