/**
 * The page's script. It writes text by textContent alone, asks for nothing from anywhere, and keeps no state but what
 * is chosen.
 */
export const SCRIPT: string = `
'use strict'
const data = JSON.parse(document.getElementById('data').textContent)
const { lattice, layers, clusters, classes, features, rows } = data
// What is in no cluster has the place -1.
if (clusters && clusters.none) { data.categories[-1] = clusters.none.colour; clusters.names[-1] = clusters.none.name }
const hexagonal = lattice.cell === 'hexagonal'
const units = lattice.rows * lattice.columns
const rowHeight = hexagonal ? Math.sqrt(0.75) : 1
const rowsOfUnit = Array.from({ length: units }, () => [])
rows.unit.forEach((unit, at) => { if (unit >= 0) rowsOfUnit[unit].push(at) })
const chosen = new Set()
let layer = 0
let hovered = -1
// The unit that was chosen last: its values stay in view when nothing is pointed at, as on a screen that is touched.
let kept = -1

const element = (name, text, attributes = {}) => {
  const made = document.createElement(name)
  if (text !== undefined) made.textContent = text
  for (const key in attributes) made.setAttribute(key, attributes[key])
  return made
}
const place = (unit) => {
  const row = Math.floor(unit / lattice.columns)
  return { x: (unit % lattice.columns) + (hexagonal ? (row & 1) / 2 : 0), y: row * rowHeight }
}
const wide = lattice.columns + (hexagonal && lattice.rows > 1 ? 0.5 : 0)
const high = (lattice.rows - 1) * rowHeight + (hexagonal ? 2 / Math.sqrt(3) : 1)

// What the map may show: numbers, and groups by their colours.
const views = [...layers, ...(clusters ? [{ name: 'clusters', short: 'clusters', groups: clusters.names, of: clusters.of.map((k) => [k, 1]) }] : []),
  ...(classes ? [{ name: 'classes', short: 'classes', groups: classes.names, of: classes.of }] : [])]
const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim()

function coloursOf(view) {
  // The most frequent group comes first.
  if (view.groups) return view.of.map(([k]) => k === undefined ? null : data.categories[k])
  // Two digits a unit, and none of them where it has no value.
  return view.values.map((_, unit) => data.palettes[view.palette][parseInt(view.levels.slice(2 * unit, 2 * unit + 2), 16)] || null)
}

function outline(context, unit, step) {
  const { x, y } = place(unit)
  context.beginPath()
  if (!hexagonal) context.rect(x * step, y * step, step, step)
  else for (let corner = 0; corner < 6; corner++) {
    const angle = Math.PI / 3 * corner + Math.PI / 6
    const r = step / Math.sqrt(3)
    context.lineTo((x + 0.5) * step + r * Math.cos(angle), (y + 1 / Math.sqrt(3)) * step + r * Math.sin(angle))
  }
  context.closePath()
}

// A unit of several groups is cut into slices, by their rows.
function slices(context, unit, step, counts) {
  outline(context, unit, step)
  context.save()
  context.clip()
  const { x, y } = place(unit)
  const total = counts.reduce((sum, n, i) => i % 2 ? sum + n : sum, 0)
  let from = x * step
  for (let i = 0; i < counts.length; i += 2) {
    const width = step * counts[i + 1] / total
    context.fillStyle = data.categories[counts[i]]
    context.fillRect(from, y * step - step, width + 0.5, 3 * step)
    from += width
  }
  context.restore()
}

function paint(canvas, view, width, height, marked) {
  const scale = window.devicePixelRatio || 1
  const step = Math.min(width / wide, height / high, marked ? 64 : width)
  canvas.width = Math.ceil(wide * step * scale)
  canvas.height = Math.ceil(high * step * scale)
  canvas.style.width = wide * step + 'px'
  canvas.style.height = high * step + 'px'
  const context = canvas.getContext('2d')
  context.scale(scale, scale)
  const colours = coloursOf(view)
  const [paper, missing] = [colour('paper'), colour('missing')]
  for (let unit = 0; unit < units; unit++) {
    outline(context, unit, step)
    context.fillStyle = colours[unit] || missing
    context.fill()
    if (step >= 6 && view.groups && view.of[unit].length > 2) { slices(context, unit, step, view.of[unit]); outline(context, unit, step) }
    if (step < 6) { context.strokeStyle = context.fillStyle; context.lineWidth = 0.6; context.stroke() }
    else { context.strokeStyle = paper; context.lineWidth = 1; context.stroke() }
  }
  if (!marked) return step
  context.lineWidth = Math.max(2, step / 12)
  for (const unit of chosen) { outline(context, unit, step); context.strokeStyle = colour('chosen'); context.stroke() }
  if (hovered >= 0) { outline(context, hovered, step); context.strokeStyle = colour('ink'); context.stroke() }
  return step
}

const map = document.getElementById('map')
// The width that the column of the map has, however wide the map is now.
const room = () => {
  map.style.width = '0'
  const shown = document.getElementById('shown')
  return shown.clientWidth || document.getElementById('explorer').clientWidth
}
function draw() {
  paint(map, views[layer], room(), Math.max(240, 0.7 * window.innerHeight), true)
  legend()
}

const shown = (x) => x === null || x === undefined ? 'none' : String(Number(x.toPrecision(4)))
const swatch = (k) => element('span', '', { class: 'swatch', style: 'background:' + data.categories[k] })
const placesOf = (names, of) => [...names.keys(), ...(of.some(([k]) => k === -1) ? [-1] : [])]
function legend() {
  const line = document.getElementById('legend')
  line.replaceChildren()
  const view = views[layer]
  if (view.groups) {
    for (const k of placesOf(view.groups, view.of)) {
      const part = element('span')
      part.append(swatch(k), view.groups[k])
      line.append(part, ' ')
    }
    return
  }
  const [first, ...others] = data.palettes[view.palette]
  const bar = element('div', '', { class: 'bar', style: 'background:' + (others.length ? 'linear-gradient(to right,' + [first, ...others].join(',') + ')' : first) })
  const ticks = element('div', '', { class: 'ticks' })
  for (const [x, text] of view.ticks) ticks.append(element('span', text, { style: 'left:' + x + 'px' }))
  const isEmpty = view.values.every((x) => x === null)
  line.append(element('div', view.name + (isEmpty ? ': no value' : '')), ...(isEmpty ? [] : [bar, ticks]), ...view.beyond.map((text) => element('div', text)))
}

const MOST_FARTHEST = 5
function about() {
  const box = document.getElementById('about')
  box.replaceChildren()
  const unit = hovered >= 0 ? hovered : kept
  if (unit < 0) { box.append(element('p', 'Point at a unit to see its values; click to choose it, click again to let it go. Arrow keys and Enter do the same.', { class: 'soft' })); return }
  box.append(element('strong', 'Unit ' + unit + ' (row ' + Math.floor(unit / lattice.columns) + ', column ' + unit % lattice.columns + ')'))
  if (classes && classes.of[unit].length) box.append(mixOf(classes.of[unit]))
  const far = rowsOfUnit[unit].filter((at) => rows.distance[at] !== null).sort((a, b) => rows.distance[b] - rows.distance[a]).slice(0, MOST_FARTHEST)
  if (far.length) {
    const table = element('table')
    addLine(table, 'th', ['Farthest rows', ...(rows.label ? ['class'] : []), 'distance', 'p-value'])
    for (const at of far) addLine(table, 'td', [rowName(at), ...(rows.label ? [rows.label[at]] : []), shown(rows.distance[at]), shown(rows.p[at])])
    box.append(table)
  }
  const values = element('table')
  addLine(values, 'th', ['Values', ''])
  if (clusters) addLine(values, 'td', ['cluster', clusters.names[clusters.of[unit]]])
  for (const { name, values: of } of layers) addLine(values, 'td', [name, shown(of[unit])])
  box.append(values)
}
function mixOf(counts) {
  const total = counts.reduce((sum, n, i) => i % 2 ? sum + n : sum, 0)
  const box = element('div')
  const bar = element('div', undefined, { class: 'mix' })
  const table = element('table')
  addLine(table, 'th', ['Classes', 'rows', 'share'])
  for (let i = 0; i < counts.length; i += 2) {
    const share = 100 * counts[i + 1] / total
    bar.append(element('span', '', { style: 'width:' + share + '%;background:' + data.categories[counts[i]] }))
    addLine(table, 'td', [classes.names[counts[i]], String(counts[i + 1]), shown(share) + ' %']).firstChild.prepend(swatch(counts[i]))
  }
  box.append(bar, table)
  return box
}
// Text comes first; what follows it stands at the right.
function addLine(table, tag, cells) {
  const line = element('tr')
  line.append(...cells.map((cell, i) => element(tag, cell, i === 0 ? {} : { class: 'number' })))
  table.append(line)
  return line
}
const rowName = (at) => rows.id ? rows.id[at] : 'row ' + rows.number[at]

function listedRows() {
  return [...chosen].sort((a, b) => a - b).flatMap((unit) => rowsOfUnit[unit])
}
const header = ['row', ...(rows.id ? ['id'] : []), ...(rows.label ? ['label'] : []), 'unit', ...(clusters ? ['cluster', 'cluster_name'] : []), 'p_value', ...features]
const cellsOf = (at) => [rows.number[at], ...(rows.id ? [rows.id[at]] : []), ...(rows.label ? [rows.label[at]] : []), rows.unit[at],
  ...(clusters ? clusterOf(rows.cluster[at]) : []), rows.p[at], ...rows.values.map((column) => column[at])]
// As tables and answers have them: a number from 1, or -1, and a name.
const clusterOf = (place) => [place < 0 ? -1 : place + 1, clusters.names[place]]
const MOST_LISTED = 200

function list() {
  const found = listedRows()
  const note = data.total > rows.number.length ? ' (of the ' + rows.number.length + ' of ' + data.total + ' rows that this page holds)' : ''
  const counted = (n, word) => n + ' ' + word + (n === 1 ? '' : 's')
  document.getElementById('count').textContent = counted(chosen.size, 'unit') + ', ' + counted(found.length, 'row') + note + (found.length > MOST_LISTED ? ', the first ' + MOST_LISTED + ' listed' : '')
  for (const button of document.querySelectorAll('#save, #clear')) button.disabled = chosen.size === 0
  const box = document.getElementById('listed')
  box.replaceChildren()
  if (found.length === 0) return
  const table = element('table')
  const head = element('tr')
  head.append(...header.map((name) => element('th', name)))
  table.append(head)
  for (const at of found.slice(0, MOST_LISTED)) {
    const line = element('tr')
    line.append(...cellsOf(at).map((cell) => element('td', cell === null ? '' : String(cell))))
    table.append(line)
  }
  box.append(table)
}

function choose(some, toggle) {
  const all = some.every((unit) => chosen.has(unit))
  for (const unit of some) if (toggle && all) chosen.delete(unit); else chosen.add(unit)
  draw()
  list()
}

function unitAt(event) {
  const box = map.getBoundingClientRect()
  const x = (event.clientX - box.left) / box.width * wide
  const y = (event.clientY - box.top) / box.height * high
  const near = hexagonal ? Math.round((y - 1 / Math.sqrt(3)) / rowHeight) : Math.floor(y)
  let best = -1
  let least = 1
  for (let row = near - 1; row <= near + 1; row++) {
    if (row < 0 || row >= lattice.rows) continue
    const column = Math.floor(x - (hexagonal ? (row & 1) / 2 : 0))
    if (column < 0 || column >= lattice.columns) continue
    const unit = row * lattice.columns + column
    const at = place(unit)
    const d = hexagonal ? Math.hypot(at.x + 0.5 - x, at.y + 1 / Math.sqrt(3) - y) : Math.max(Math.abs(at.x + 0.5 - x), Math.abs(at.y + 0.5 - y))
    if (d < least && d <= 0.6) { best = unit; least = d }
  }
  return best
}
const point = (unit) => { if (unit !== hovered) { hovered = unit; draw(); about() } }
map.addEventListener('pointermove', (event) => point(unitAt(event)))
map.addEventListener('pointerleave', () => point(-1))
const take = (unit) => { if (unit < 0) return; kept = unit; choose([unit], true); about() }
map.addEventListener('click', (event) => take(unitAt(event)))
map.addEventListener('keydown', (event) => {
  const moves = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -lattice.columns, ArrowDown: lattice.columns }
  if (event.key in moves) { point(Math.min(units - 1, Math.max(0, Math.max(hovered, 0) + moves[event.key]))); event.preventDefault() }
  if (event.key === 'Enter') take(hovered)
})

const bar = document.getElementById('layers')
const small = views.map((view, index) => {
  const button = element('button', undefined, { type: 'button', 'aria-pressed': String(index === 0), title: view.name, 'aria-label': view.name })
  const canvas = element('canvas')
  button.append(canvas, element('span', view.short))
  button.addEventListener('click', () => {
    layer = index
    for (const other of bar.children) other.setAttribute('aria-pressed', String(other === button))
    draw()
  })
  bar.append(button)
  return canvas
})
function drawAll() {
  small.forEach((canvas, index) => paint(canvas, views[index], 94, 94, false))
  draw()
}
if (clusters) for (const k of placesOf(clusters.names, clusters.of.map((of) => [of]))) {
  const button = element('button', undefined, { type: 'button' })
  button.append(swatch(k), clusters.names[k])
  button.addEventListener('click', () => choose(clusters.of.flatMap((of, unit) => of === k ? [unit] : []), true))
  document.getElementById('clusters').append(button)
}
document.getElementById('clear').addEventListener('click', () => { chosen.clear(); kept = -1; draw(); list(); about() })
document.getElementById('save').addEventListener('click', () => {
  const quoted = (cell) => { const text = cell === null ? '' : String(cell); return /[",\\r\\n]/.test(text) ? '"' + text.replaceAll('"', '""') + '"' : text }
  const text = [header, ...listedRows().map(cellsOf)].map((cells) => cells.map(quoted).join(',') + '\\n').join('')
  const link = element('a', undefined, { href: URL.createObjectURL(new Blob([text], { type: 'text/csv' })), download: 'rows.csv' })
  link.click()
  URL.revokeObjectURL(link.href)
})
window.addEventListener('resize', draw)
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', drawAll)
drawAll()
about()
list()
`
