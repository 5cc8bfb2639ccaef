/**
 * The page's script. It writes text by textContent alone, asks for nothing from anywhere, and keeps no state but what is chosen.
 */
export const SCRIPT = `
'use strict'
const data = JSON.parse(document.getElementById('data').textContent)
const { lattice, layers, clusters, features, rows } = data
const hexagonal = lattice.cell === 'hexagonal'
const units = lattice.rows * lattice.columns
const rowHeight = hexagonal ? Math.sqrt(0.75) : 1
const rowsOfUnit = Array.from({ length: units }, () => [])
rows.unit.forEach((unit, at) => { if (unit >= 0) rowsOfUnit[unit].push(at) })
const chosen = new Set()
let layer = 0
let hovered = -1

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

function coloursOf(index) {
  if (index === layers.length) {
    return Array.from(clusters.of, (k) => data.categories[k % data.categories.length])
  }
  const { values, palette } = layers[index]
  const known = values.filter((x) => x !== null)
  const least = known.reduce((a, b) => Math.min(a, b), Infinity)
  const most = known.reduce((a, b) => Math.max(a, b), -Infinity)
  const colours = data.palettes[palette]
  return values.map((x) => x === null ? null : colours[most > least ? Math.min(colours.length - 1, Math.floor((x - least) / (most - least) * colours.length)) : 0])
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

function paint(canvas, index, width, marked) {
  const scale = window.devicePixelRatio || 1
  const step = Math.min(width / wide, marked ? 64 : width)
  canvas.width = Math.ceil(wide * step * scale)
  canvas.height = Math.ceil(high * step * scale)
  canvas.style.width = wide * step + 'px'
  const context = canvas.getContext('2d')
  context.scale(scale, scale)
  const colours = coloursOf(index)
  for (let unit = 0; unit < units; unit++) {
    outline(context, unit, step)
    context.fillStyle = colours[unit] || '#f0f0f0'
    context.fill()
    if (step < 6) { context.strokeStyle = context.fillStyle; context.lineWidth = 0.6; context.stroke() }
    else { context.strokeStyle = '#fff'; context.lineWidth = 1; context.stroke() }
  }
  if (!marked) return step
  context.lineWidth = Math.max(2, step / 12)
  for (const unit of chosen) { outline(context, unit, step); context.strokeStyle = '#e6194b'; context.stroke() }
  if (hovered >= 0) { outline(context, hovered, step); context.strokeStyle = '#000'; context.stroke() }
  return step
}

const map = document.getElementById('map')
let step = 1
function draw() {
  step = paint(map, layer, Math.min(720, map.parentElement.clientWidth), true)
  legend()
}

const shown = (x) => x === null || x === undefined ? 'none' : String(Number(x.toPrecision(4)))
function legend() {
  const line = document.getElementById('legend')
  line.replaceChildren()
  if (layer === layers.length) {
    clusters.names.forEach((name, k) => {
      const part = element('span')
      part.append(element('span', '', { class: 'swatch', style: 'background:' + data.categories[k % data.categories.length] }), name + '  ')
      line.append(part)
    })
    return
  }
  const known = layers[layer].values.filter((x) => x !== null)
  const least = known.reduce((a, b) => Math.min(a, b), Infinity)
  const most = known.reduce((a, b) => Math.max(a, b), -Infinity)
  const bar = element('span', '', { style: 'display:inline-block;width:140px;height:12px;margin:0 8px;background:linear-gradient(to right,' + data.palettes[layers[layer].palette].join(',') + ')' })
  line.append(layers[layer].name + ': ' + (known.length ? shown(least) : 'none'), bar, known.length ? shown(most) : '')
}

function about() {
  const box = document.getElementById('about')
  box.replaceChildren()
  if (hovered < 0) { box.append(element('p', 'Point at a unit to see its values; click to choose it, click again to let it go. Arrow keys and Enter do the same.', { class: 'soft' })); return }
  box.append(element('strong', 'Unit ' + hovered + ' (row ' + Math.floor(hovered / lattice.columns) + ', column ' + hovered % lattice.columns + ')'))
  const lines = layers.map(({ name, values }) => [name, values[hovered]])
  const table = element('table')
  if (clusters) addLine(table, 'cluster', clusters.names[clusters.of[hovered]])
  for (const [name, value] of lines) addLine(table, name, shown(value))
  const ids = rowsOfUnit[hovered].slice(0, 5).map((at) => rowName(at))
  if (ids.length) addLine(table, 'such as', ids.join(', '))
  box.append(table)
}
function addLine(table, name, value) {
  const line = element('tr')
  line.append(element('td', name), element('td', value, { class: 'number' }))
  table.append(line)
}
const rowName = (at) => rows.id ? rows.id[at] : 'row ' + rows.number[at]

function listedRows() {
  return [...chosen].sort((a, b) => a - b).flatMap((unit) => rowsOfUnit[unit])
}
const header = ['row', ...(rows.id ? ['id'] : []), ...(rows.label ? ['label'] : []), 'unit', ...(clusters ? ['cluster'] : []), 'p_value', ...features]
const cellsOf = (at) => [rows.number[at], ...(rows.id ? [rows.id[at]] : []), ...(rows.label ? [rows.label[at]] : []), rows.unit[at],
  ...(clusters ? [clusters.names[clusters.of[rows.unit[at]]]] : []), rows.p[at], ...rows.values.map((column) => column[at])]
const MOST_LISTED = 200

function list() {
  const found = listedRows()
  const note = data.total > rows.number.length ? ' (of the ' + rows.number.length + ' of ' + data.total + ' rows that this page holds)' : ''
  document.getElementById('count').textContent = chosen.size + ' units, ' + found.length + ' rows' + note + (found.length > MOST_LISTED ? ', the first ' + MOST_LISTED + ' listed' : '')
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
map.addEventListener('click', (event) => { const unit = unitAt(event); if (unit >= 0) choose([unit], true) })
map.addEventListener('keydown', (event) => {
  const moves = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -lattice.columns, ArrowDown: lattice.columns }
  if (event.key in moves) { point(Math.min(units - 1, Math.max(0, Math.max(hovered, 0) + moves[event.key]))); event.preventDefault() }
  if (event.key === 'Enter' && hovered >= 0) choose([hovered], true)
})

const bar = document.getElementById('layers')
const names = [...layers.map(({ name }) => name), ...(clusters ? ['clusters'] : [])]
names.forEach((name, index) => {
  const button = element('button', undefined, { type: 'button', 'aria-pressed': String(index === 0), title: name })
  const small = element('canvas')
  button.append(small, element('span', name))
  button.addEventListener('click', () => {
    layer = index
    for (const other of bar.children) other.setAttribute('aria-pressed', String(other === button))
    draw()
  })
  bar.append(button)
  paint(small, index, 94, false)
})
if (clusters) clusters.names.forEach((name, k) => {
  const button = element('button', undefined, { type: 'button' })
  button.append(element('span', '', { class: 'swatch', style: 'background:' + data.categories[k % data.categories.length] }), name)
  button.addEventListener('click', () => choose(clusters.of.flatMap((of, unit) => of === k ? [unit] : []), true))
  document.getElementById('clusters').append(button)
})
document.getElementById('clear').addEventListener('click', () => { chosen.clear(); draw(); list() })
document.getElementById('save').addEventListener('click', () => {
  const quoted = (cell) => { const text = cell === null ? '' : String(cell); return /[",\\r\\n]/.test(text) ? '"' + text.replaceAll('"', '""') + '"' : text }
  const text = [header, ...listedRows().map(cellsOf)].map((cells) => cells.map(quoted).join(',') + '\\n').join('')
  const link = element('a', undefined, { href: URL.createObjectURL(new Blob([text], { type: 'text/csv' })), download: 'rows.csv' })
  link.click()
  URL.revokeObjectURL(link.href)
})
window.addEventListener('resize', draw)
draw()
about()
list()
`
