import { type Lattice, unitCount } from '@som/core'
import { drawMap } from './draw-map.ts'
import { coloursOf, levelsOf, type PaletteName, rangeOf } from './palettes.ts'
import { majorityOf, NARROW_PIE, type Pies } from './pies.ts'
import { type Placing, placingOf, ratioOf, unitAt, unitsWithin } from './placing.ts'
import { latticeOf, numbersOf, paletteOf } from './read-attributes.ts'
import type { HoverDetail, SelectDetail, SelectMode } from './som-map-events.ts'
import { stepUnit } from './step-unit.ts'

const STYLE = `
:host{display:block;position:relative;min-width:0;touch-action:pan-y pinch-zoom;outline-offset:2px;border-radius:4px}
:host([hidden]){display:none}
:host(:focus-visible){outline:2px solid Highlight}
canvas{display:block;width:100%;height:100%}
[part=told]{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
`

/** px that a pointer moves before it draws a lasso. */
const LASSO = 5

/** Plain Node has no elements: there the class is only a name. */
const Base: typeof HTMLElement = globalThis.HTMLElement ?? (class {} as typeof HTMLElement)

/** A map on a canvas whose units can be pointed at and chosen, by pointer, touch and keyboard. */
export class SomMap extends Base {
  static readonly observedAttributes: readonly string[] = [
    ...['rows', 'columns', 'cell', 'shape', 'values', 'palette', 'label', 'passive'],
  ]

  #lattice: Lattice | null = null
  #values: ArrayLike<number> | null = null
  #colours: readonly string[] | PaletteName = 'viridis'
  #range: readonly [number, number] | null = null
  #sizes: ArrayLike<number> | null = null
  #groups: ArrayLike<number> | null = null
  #pies: Pies | null = null
  #selected = new Set<number>()
  #describe: ((unit: number) => string) | null = null
  #hovered = -1
  #cursor = -1
  #pressed: { id: number; x: number; y: number; line: number[]; isLasso: boolean } | null = null
  #frame = 0
  #levels: Int16Array | null = null
  #observer: ResizeObserver | null = null
  readonly #canvas: HTMLCanvasElement | null = null
  readonly #told: HTMLElement | null = null

  constructor() {
    super()
    if (typeof this.attachShadow !== 'function') return
    const root = this.attachShadow({ mode: 'open' })
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(STYLE)
    root.adoptedStyleSheets = [sheet]
    this.#canvas = document.createElement('canvas')
    this.#canvas.setAttribute('part', 'map')
    this.#canvas.setAttribute('aria-hidden', 'true')
    this.#told = document.createElement('span')
    this.#told.setAttribute('part', 'told')
    this.#told.setAttribute('aria-live', 'polite')
    root.append(this.#canvas, this.#told)
    for (const type of ['pointerdown', 'pointermove', 'pointerup', 'pointercancel', 'pointerleave'] as const)
      this.addEventListener(type, (event) => this.#onPointer(event))
    this.addEventListener('keydown', (event) => this.#onKey(event))
    this.addEventListener('blur', () => this.#moveCursor(-1))
  }

  /** The layout of the units. */
  get lattice(): Lattice | null {
    return this.#lattice
  }
  set lattice(lattice: Lattice | null) {
    this.#lattice = lattice
    this.#canvas?.style.setProperty('aspect-ratio', lattice ? String(1 / ratioOf(lattice)) : 'auto')
    this.#changed()
  }

  /** A number per unit, or its place in `colours` where those are a list; NaN leaves a unit empty. */
  get values(): ArrayLike<number> | null {
    return this.#values
  }
  set values(values: ArrayLike<number> | null) {
    this.#values = values
    this.#changed()
  }

  /** The name of a palette, by which numbers are coloured, or a list of colours, one for each group. */
  get colours(): readonly string[] | PaletteName {
    return this.#colours
  }
  set colours(colours: readonly string[] | PaletteName) {
    this.#colours = colours
    this.#changed()
  }

  /** Values at the ends of the palette: the least and the greatest where it is null. */
  get range(): readonly [number, number] | null {
    return this.#range
  }
  set range(range: readonly [number, number] | null) {
    this.#range = range
    this.#changed()
  }

  /** How much of its cell each unit fills, 0 to 1. */
  get sizes(): ArrayLike<number> | null {
    return this.#sizes
  }
  set sizes(sizes: ArrayLike<number> | null) {
    this.#sizes = sizes
    this.#changed()
  }

  /** A group per unit, between which lines are drawn. */
  get groups(): ArrayLike<number> | null {
    return this.#groups
  }
  set groups(groups: ArrayLike<number> | null) {
    this.#groups = groups
    this.#changed()
  }

  /** Rows of each class per unit, shown as pies in `colours`; in narrow cells the most frequent class is. */
  get pies(): Pies | null {
    return this.#pies
  }
  set pies(pies: Pies | null) {
    this.#pies = pies
    this.#changed()
  }

  /** The units that are shown as chosen. The element changes nothing itself: it sends `som-select`. */
  get selected(): Iterable<number> {
    return this.#selected
  }
  set selected(units: Iterable<number>) {
    this.#selected = new Set(units)
    this.#redraw()
  }

  /** The unit that is marked as pointed at, here or in another view; null for none. */
  get hovered(): number | null {
    return this.#hovered < 0 ? null : this.#hovered
  }
  set hovered(unit: number | null) {
    if ((unit ?? -1) === this.#hovered) return
    this.#hovered = unit ?? -1
    this.#redraw()
  }

  /** What a screen reader says about a unit, after its row and column. */
  get describe(): ((unit: number) => string) | null {
    return this.#describe
  }
  set describe(describe: ((unit: number) => string) | null) {
    this.#describe = describe
  }

  connectedCallback(): void {
    if (!this.hasAttribute('role')) this.setAttribute('role', this.hasAttribute('passive') ? 'img' : 'application')
    if (!this.hasAttribute('tabindex') && !this.hasAttribute('passive')) this.tabIndex = 0
    this.#observer = new ResizeObserver(() => this.#redraw())
    this.#observer.observe(this)
    this.#redraw()
  }

  disconnectedCallback(): void {
    this.#observer?.disconnect()
    cancelAnimationFrame(this.#frame)
    this.#frame = 0
  }

  attributeChangedCallback(name: string): void {
    if (name === 'label') this.setAttribute('aria-label', this.getAttribute('label') ?? 'Map')
    else if (name === 'values') this.values = numbersOf(this.getAttribute('values'))
    else if (name === 'palette') this.colours = paletteOf(this.getAttribute('palette'))
    else if (name !== 'passive') this.lattice = latticeOf((attribute) => this.getAttribute(attribute))
  }

  /** The map as a PNG of this many px for each px of the screen. */
  async toPng(scale = 2): Promise<Blob | null> {
    const canvas = document.createElement('canvas')
    this.#paint(canvas, scale, true)
    return new Promise((resolve) => canvas.toBlob(resolve, 'image/png'))
  }

  #changed(): void {
    this.#levels = null
    this.#redraw()
  }

  #redraw(): void {
    if (this.#frame !== 0 || !this.isConnected) return
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0
      if (this.#canvas) this.#paint(this.#canvas, globalThis.devicePixelRatio || 1, false)
    })
  }

  #placing(): Placing | null {
    const [width, height] = [this.clientWidth, this.#canvas?.clientHeight ?? 0]
    // A px free on each side, for lines around cells.
    return this.#lattice && width > 4 && height > 4 ? inset(placingOf(this.#lattice, width - 4, height - 4), 2) : null
  }

  #paint(canvas: HTMLCanvasElement, scale: number, isPicture: boolean): void {
    const placing = this.#placing()
    const [width, height] = [this.clientWidth, this.#canvas?.clientHeight ?? 0]
    const [wide, high] = [Math.round(width * scale), Math.round(height * scale)]
    if (canvas.width !== wide) canvas.width = wide
    if (canvas.height !== high) canvas.height = high
    const context = canvas.getContext('2d')
    if (context === null) return
    context.setTransform(scale, 0, 0, scale, 0, 0)
    context.clearRect(0, 0, width, height)
    if (placing === null || this.#lattice === null) return
    const style = getComputedStyle(this)
    const colours = typeof this.#colours === 'string' ? coloursOf(this.#colours) : this.#colours
    const units = unitCount(this.#lattice)
    const chosen = this.#selected.size > 0 ? new Uint8Array(units) : null
    for (const unit of this.#selected) if (chosen && unit < units) chosen[unit] = 1
    drawMap(context, placing, {
      levels: this.#levelsAt(placing.step, units, colours.length),
      colours,
      ...(this.#sizes && { sizes: this.#sizes }),
      ...(this.#groups && { groups: this.#groups }),
      ...(this.#pies && { pies: this.#pies }),
      chosen,
      hovered: isPicture ? -1 : this.#hovered,
      cursor: isPicture ? -1 : this.#cursor,
      ink: style.color,
      paper: style.getPropertyValue('--som-map-paper') || 'Canvas',
      empty: style.getPropertyValue('--som-map-empty') || '#8884',
    })
    if (this.#pressed?.isLasso && !isPicture) drawLasso(context, this.#pressed.line, style.color)
  }

  /** Colours of cells: those beneath pies have none. */
  #levelsAt(step: number, units: number, colours: number): ArrayLike<number> {
    if (this.#pies === null) return this.#levelsOf(units, colours)
    return step < NARROW_PIE ? majorityOf(this.#pies, units) : new Int16Array(units).fill(-1)
  }

  #levelsOf(units: number, colours: number): Int16Array {
    if (this.#levels?.length === units) return this.#levels
    const values = this.#values
    if (values === null || values.length !== units) this.#levels = new Int16Array(units).fill(-1)
    else if (typeof this.#colours === 'string') this.#levels = levelsOf(values, this.#range ?? rangeOf(values), colours)
    else this.#levels = Int16Array.from(values, (value) => (value >= 0 && value < colours ? value : -1))
    return this.#levels
  }

  #onPointer(event: PointerEvent): void {
    const placing = this.#placing()
    if (placing === null || this.#lattice === null) return
    const box = this.getBoundingClientRect()
    const [x, y] = [event.clientX - box.left, event.clientY - box.top]
    if (event.type === 'pointerleave' || event.type === 'pointercancel') {
      if (event.type === 'pointercancel') this.#pressed = null
      this.#pointAt(-1)
    } else if (event.type === 'pointerdown' && event.button === 0 && !this.hasAttribute('passive')) {
      this.#pressed = { id: event.pointerId, x, y, line: [x, y], isLasso: false }
      if (event.pointerType === 'mouse') this.setPointerCapture(event.pointerId)
    } else if (event.type === 'pointermove') {
      this.#pointAt(unitAt(placing, x, y))
      const pressed = this.#pressed
      if (pressed === null || pressed.id !== event.pointerId) return
      pressed.line.push(x, y)
      pressed.isLasso ||= Math.hypot(x - pressed.x, y - pressed.y) > LASSO
      this.#redraw()
    } else if (event.type === 'pointerup' && this.#pressed?.id === event.pointerId) {
      const { line, isLasso } = this.#pressed
      this.#pressed = null
      const joins = event.shiftKey || event.ctrlKey || event.metaKey
      if (isLasso) this.#choose(unitsWithin(placing, line), event.altKey ? 'remove' : joins ? 'add' : 'replace')
      else {
        const unit = unitAt(placing, x, y)
        if (unit >= 0) this.#choose([unit], joins ? 'toggle' : 'replace')
        else if (!joins) this.#choose([], 'replace')
      }
      this.#redraw()
    }
  }

  #onKey(event: KeyboardEvent): void {
    if (this.#lattice === null || this.hasAttribute('passive')) return
    if (event.key === 'Escape') this.#choose([], 'replace')
    else if (event.key === 'Enter' || event.key === ' ') {
      if (this.#cursor < 0) this.#moveCursor(0)
      this.#choose([this.#cursor], event.key === ' ' || event.shiftKey ? 'toggle' : 'replace')
    } else {
      const to = stepUnit(this.#lattice, Math.max(0, this.#cursor), event.key)
      if (to === null || event.ctrlKey || event.metaKey || event.altKey) return
      this.#moveCursor(this.#cursor < 0 ? 0 : to)
      if (event.shiftKey) this.#choose([this.#cursor], 'add')
    }
    event.preventDefault()
  }

  #moveCursor(unit: number): void {
    this.#cursor = unit
    this.#redraw()
    if (unit < 0 || this.#lattice === null) return
    const [row, column] = [Math.floor(unit / this.#lattice.columns), unit % this.#lattice.columns]
    const beside = this.#describe?.(unit) ?? (this.#values ? String(this.#values[unit]) : '')
    if (this.#told) this.#told.textContent = `row ${row + 1}, column ${column + 1}: ${beside}`
    this.#send<HoverDetail>('som-hover', { unit })
  }

  #pointAt(unit: number): void {
    if (unit === this.#hovered) return
    this.#hovered = unit
    this.#redraw()
    this.#send<HoverDetail>('som-hover', { unit: unit < 0 ? null : unit })
  }

  #choose(units: readonly number[], mode: SelectMode): void {
    this.#send<SelectDetail>('som-select', { units, mode })
  }

  #send<T>(name: string, detail: T): void {
    this.dispatchEvent(new CustomEvent<T>(name, { detail, bubbles: true, composed: true }))
  }
}

const inset = (placing: Placing, by: number): Placing => ({
  ...placing,
  left: placing.left + by,
  top: placing.top + by,
})

function drawLasso(context: CanvasRenderingContext2D, line: readonly number[], ink: string): void {
  context.beginPath()
  for (let i = 0; i < line.length; i += 2) context.lineTo(line[i], line[i + 1])
  context.closePath()
  context.globalAlpha = 0.12
  context.fillStyle = ink
  context.fill()
  context.globalAlpha = 1
  context.setLineDash([5, 4])
  context.strokeStyle = ink
  context.lineWidth = 1.5
  context.stroke()
  context.setLineDash([])
}

/** Makes `<som-map>` known to the page; the package does so itself where it is imported in one. */
export function defineSomMap(): void {
  if (globalThis.customElements && !customElements.get('som-map')) customElements.define('som-map', SomMap)
}

defineSomMap()
