import { useMemo, useRef } from 'preact/hooks'
import { binsByColumn, chooseColumn, countsBeside, crossFilter, filters, isChosen } from '../state/filters.ts'
import { type Bins, binsOf, countsOf } from '../table/bins.ts'
import { type ColumnData, shortNumber } from '../table/table-data.ts'

const made = new WeakMap<ColumnData, Bins>()

/** The bins of a column, made once. */
function binsFor(column: ColumnData): Bins {
  let bins = made.get(column)
  if (bins === undefined) {
    bins = binsOf(column)
    made.set(column, bins)
  }
  if (column.codes !== null) binsByColumn.set(column.name, bins.of)
  return bins
}

const HEIGHT = 56

/** How the values of a column are spread: all rows pale, those that are chosen strong. */
export function Histogram({ column, isSmall = false }: { column: ColumnData; isSmall?: boolean }) {
  const bins = binsFor(column)
  const all = useMemo(() => countsOf(bins), [bins])
  if (isSmall) return <Bars counts={all} most={Math.max(1, ...all)} height={18} />
  return column.codes === null ? (
    <Range column={column} bins={bins} all={all} />
  ) : (
    <Levels column={column} bins={bins} all={all} />
  )
}

interface Shown {
  readonly column: ColumnData
  readonly bins: Bins
  readonly all: Uint32Array
}

/** A histogram of numbers, of which a range can be drawn or typed. */
function Range({ column: { name, kind }, bins, all }: Shown) {
  const pressed = useRef<number | null>(null)
  const box = useRef<HTMLDivElement>(null)
  const own = countsNow(name, bins)
  const of = filters.value.columns.get(name)
  const range = of !== undefined && 'from' in of ? of : null
  const { edges, count } = bins
  if (edges === null || count === 0) return <p class="soft">{name}: every cell is missing</p>
  const [least, greatest] = [edges[0], edges[count]]
  const text = (value: number): string =>
    kind === 'time' ? new Date(value * 1000).toISOString().slice(0, 10) : shortNumber(value)
  const at = (event: PointerEvent): number => {
    const { left, width } = (box.current ?? (event.currentTarget as HTMLElement)).getBoundingClientRect()
    return Math.max(0, Math.min(1, (event.clientX - left) / width))
  }
  const share = (value: number): number => (greatest > least ? (value - least) / (greatest - least) : 0)
  const put = (from: number, to: number): void =>
    chooseColumn(name, { from: Math.min(from, to), to: Math.max(from, to) })
  const valueAt = (part: number): number => least + part * (greatest - least)
  return (
    <figure class="histogram">
      <figcaption>{name}</figcaption>
      <div
        class="brush"
        ref={box}
        onPointerDown={(event) => {
          pressed.current = at(event)
          event.currentTarget.setPointerCapture(event.pointerId)
        }}
        onPointerMove={(event) => {
          if (pressed.current === null || Math.abs(at(event) - pressed.current) < 0.01) return
          put(valueAt(pressed.current), valueAt(at(event)))
        }}
        onPointerUp={(event) => {
          if (pressed.current !== null && Math.abs(at(event) - pressed.current) < 0.01) {
            if (range) chooseColumn(name, null)
            else {
              const bin = Math.min(count - 1, Math.floor(at(event) * count))
              put(edges[bin], edges[bin + 1])
            }
          }
          pressed.current = null
        }}
      >
        <Bars counts={all} own={own} most={Math.max(1, ...all)} height={HEIGHT} />
        {range && (
          <div
            class="range"
            style={{ left: `${100 * share(range.from)}%`, width: `${100 * (share(range.to) - share(range.from))}%` }}
          />
        )}
      </div>
      <div class="edges">
        <Edge
          label={`${name}, from`}
          value={range?.from ?? least}
          text={text}
          put={(value) => put(value, range?.to ?? greatest)}
        />
        {range && (
          <button type="button" class="plain" onClick={() => chooseColumn(name, null)} aria-label={`all of ${name}`}>
            all
          </button>
        )}
        <Edge
          label={`${name}, to`}
          value={range?.to ?? greatest}
          text={text}
          put={(value) => put(range?.from ?? least, value)}
        />
      </div>
    </figure>
  )
}

interface EdgeProps {
  readonly label: string
  readonly value: number
  readonly text: (value: number) => string
  readonly put: (value: number) => void
}

function Edge({ label, value, text, put }: EdgeProps) {
  return (
    <input
      class="edge"
      aria-label={label}
      value={text(value)}
      onChange={(event) => {
        const { value: typed } = event.currentTarget
        const number = /^\d{4}-\d\d-\d\d/.test(typed) ? Date.parse(typed) / 1000 : Number(typed)
        if (typed.trim() !== '' && Number.isFinite(number)) put(number)
        else event.currentTarget.value = text(value)
      }}
    />
  )
}

/** Bars of texts, each of which is a switch. */
function Levels({ column: { name }, bins, all }: Shown) {
  const own = countsNow(name, bins)
  const of = filters.value.columns.get(name)
  const chosen = of !== undefined && 'bins' in of ? of.bins : null
  const most = Math.max(1, ...all)
  const toggle = (bin: number): void => {
    const next = new Set(chosen ?? [])
    if (!next.delete(bin)) next.add(bin)
    chooseColumn(name, next.size > 0 ? { bins: next } : null)
  }
  return (
    <fieldset class="levels">
      <legend>{name}</legend>
      {bins.names?.map((level, bin) => (
        <button
          key={level}
          type="button"
          class={chosen?.has(bin) ? 'level chosen' : 'level'}
          aria-pressed={chosen?.has(bin) ?? false}
          onClick={() => toggle(bin)}
        >
          <span class="bar all" style={{ width: `${(100 * all[bin]) / most}%` }} />
          <span class="bar own" style={{ width: `${(100 * own[bin]) / most}%` }} />
          <span class="text">{level}</span>
          <span class="number">{isChosen.value ? `${own[bin]} of ${all[bin]}` : all[bin]}</span>
        </button>
      ))}
    </fieldset>
  )
}

/** Counts of the rows that pass every filter but the column's own. */
function countsNow(name: string, bins: Bins): Uint32Array {
  // Read for its version: what it holds changes in place.
  void crossFilter.value.version
  return countsBeside(name, bins)
}

interface BarsProps {
  readonly counts: Uint32Array
  readonly own?: Uint32Array
  readonly most: number
  readonly height: number
}

function Bars({ counts, own, most, height }: BarsProps) {
  const width = 100 / Math.max(1, counts.length)
  const path = (of: Uint32Array): string =>
    Array.from(of, (count, i) => {
      const high = (height * count) / most
      return count === 0
        ? ''
        : `M${(i * width + width * 0.05).toFixed(2)} ${height}h${(width * 0.9).toFixed(2)}v${-high}h${(-width * 0.9).toFixed(2)}z`
    }).join('')
  return (
    <svg class="bars" viewBox={`0 0 100 ${height}`} height={height} preserveAspectRatio="none" aria-hidden="true">
      <path class="all" d={path(counts)} />
      {own && <path class="own" d={path(own)} />}
    </svg>
  )
}
