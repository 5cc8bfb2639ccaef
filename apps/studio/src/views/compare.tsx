import type { Som } from '@som/core'
import { rangeOf } from '@som/map-view'
import { useCallback, useEffect, useMemo, useState } from 'preact/hooks'
import { compare } from '../state/actions.ts'
import { choose, crossFilter, isChosen } from '../state/filters.ts'
import { compared, doing, hovered, live, run, runAt, runs } from '../state/store.ts'
import { PlainMap } from './plain-map.tsx'

/** Rows that keep a smaller share of their neighbours have others now. */
const FEW_KEPT = 0.5

/** Two maps of this session beside one another, and the rows that have other neighbours on them. */
export function ComparePanel() {
  const [wanted, setWanted] = useState<number | null>(null)
  const { value: current } = run
  const others = runs.value.map((_, at) => at).filter((at) => at !== runAt.value)
  if (current === null || live.value !== null || others.length === 0 || current.unit.length === 0) return null
  const at = wanted !== null && others.includes(wanted) ? wanted : (others.at(-1) ?? 0)
  const { value: found } = compared
  return (
    <section class="panel" aria-labelledby="compare-heading">
      <header class="row">
        <h2 id="compare-heading">Two maps</h2>
        <label class="field inline">
          beside
          <select value={at} onChange={(event) => setWanted(Number(event.currentTarget.value))}>
            {others.map((other) => (
              <option key={String(other)} value={other}>
                run {other + 1}
              </option>
            ))}
          </select>
        </label>
        <button type="button" disabled={doing.value.kind !== 'nothing'} onClick={() => compare(at)}>
          Compare
        </button>
      </header>
      {found !== null && runs.value[found.at] !== undefined && (
        <Beside som={current.som} other={runs.value[found.at].som} at={found.at} />
      )}
    </section>
  )
}

/** Both maps, each unit by how many of their neighbours its rows have kept. */
function Beside({ som, other, at }: { som: Som; other: Som; at: number }) {
  const { value: found } = compared
  const { filter, version } = crossFilter.value
  const any = isChosen.value
  const kept = found?.kept ?? NOTHING
  const unitA = found?.unitA ?? NOTHING
  const unitB = found?.unitB ?? NOTHING
  const ofA = useMemo(() => meansOf(unitA, kept, som.codebook.rows), [unitA, kept, som])
  const ofB = useMemo(() => meansOf(unitB, kept, other.codebook.rows), [unitB, kept, other])
  const lost = useMemo(() => Uint8Array.from(kept, (share) => (share < FEW_KEPT ? 1 : 0)), [kept])
  const [chosenA, chosenB] = useMemo(() => {
    void version
    if (!any || filter.failing.length !== unitA.length) return [NONE, NONE]
    const [a, b] = [new Set<number>(), new Set<number>()]
    for (let row = 0; row < unitA.length; row++)
      if (filter.failing[row] === 0) {
        a.add(unitA[row])
        b.add(unitB[row])
      }
    return [a, b]
  }, [filter, version, any, unitA, unitB])
  const pointedB = useMemo(
    () => (hovered.value === null ? -1 : (found?.toFirst.indexOf(hovered.value) ?? -1)),
    [hovered.value, found],
  )
  const chooseRows = (units: readonly number[], of: ArrayLike<number>): void => {
    const wanted = new Set(units)
    choose({ rows: units.length === 0 ? null : Uint8Array.from(of, (unit) => (wanted.has(unit) ? 1 : 0)) })
  }
  const describeA = useCallback((unit: number) => percent(ofA[unit]), [ofA])
  const describeB = useCallback((unit: number) => percent(ofB[unit]), [ofB])
  useEffect(() => {
    if (found === null) hovered.value = null
  }, [found])
  if (found === null) return null
  const count = lost.reduce((sum, is) => sum + is, 0)
  return (
    <>
      <p role="status">
        Rows keep {percent(found.meanKept)} of their neighbours on average. The other map is laid upon this one:{' '}
        {found.alignment}.
      </p>
      <div class="pair maps">
        <figure class="plane">
          <PlainMap
            {...{ lattice: som.lattice, values: ofA, selected: chosenA, hovered: hovered.value, describe: describeA }}
            label="This map, by the share of neighbours that rows keep"
            onHover={(unit) => {
              hovered.value = unit
            }}
            onSelect={(units) => chooseRows(units, unitA)}
          />
          <figcaption>
            <strong>this map</strong> <span class="soft">{rangeText(ofA)}</span>
          </figcaption>
        </figure>
        <figure class="plane">
          <PlainMap
            lattice={other.lattice}
            values={ofB}
            selected={chosenB}
            hovered={pointedB < 0 ? null : pointedB}
            describe={describeB}
            label={`Run ${at + 1}, by the share of neighbours that rows keep`}
            onHover={(unit) => {
              const first = unit === null ? -1 : found.toFirst[unit]
              hovered.value = first < 0 ? null : first
            }}
            onSelect={(units) => chooseRows(units, unitB)}
          />
          <figcaption>
            <strong>run {at + 1}</strong> <span class="soft">{rangeText(ofB)}</span>
          </figcaption>
        </figure>
      </div>
      <button type="button" disabled={count === 0} onClick={() => choose({ rows: lost })}>
        Choose the {count} rows that changed neighbours
      </button>
    </>
  )
}

const NOTHING = new Float64Array(0)
const NONE: ReadonlySet<number> = new Set()
const percent = (share: number): string => (Number.isNaN(share) ? 'no rows' : `${Math.round(100 * share)} %`)

function rangeText(values: Float64Array): string {
  const [least, greatest] = rangeOf(values)
  return Number.isNaN(least) ? '' : `${percent(least)} to ${percent(greatest)} kept`
}

/** The mean share of each unit's rows; NaN for a unit without any. */
function meansOf(unit: ArrayLike<number>, share: ArrayLike<number>, units: number): Float64Array {
  const [sums, counts] = [new Float64Array(units), new Float64Array(units)]
  for (let row = 0; row < unit.length; row++) {
    if (unit[row] < 0 || Number.isNaN(share[row])) continue
    sums[unit[row]] += share[row]
    counts[unit[row]]++
  }
  return sums.map((sum, at) => sum / counts[at])
}
