import { clusterNames } from '@som/core'
import { categoryColours } from '@som/map-view'
import { useState } from 'preact/hooks'
import { cluster } from '../state/actions.ts'
import { merged, renamed, split } from '../state/clusters.ts'
import { choose, filters, unitsOfRows } from '../state/filters.ts'
import { changeRun, clusterOfRows, doing, layerKey, live, run } from '../state/store.ts'

/** The clusters of the map: found, named, joined, and made of what is chosen. */
export function ClustersPanel() {
  const [count, setCount] = useState('')
  const [name, setName] = useState('')
  const { value: current } = run
  if (current === null || live.value !== null) return null
  const { clusters } = current
  const units = unitsOfRows.value
  const isBusy = doing.value.kind !== 'nothing'
  const find = (event: Event): void => {
    event.preventDefault()
    const wanted = Number(count)
    cluster(Number.isInteger(wanted) && wanted > 0 ? wanted : null).then(() => {
      layerKey.value = 'clusters'
    })
  }
  return (
    <section class="panel" aria-labelledby="clusters-heading">
      <h2 id="clusters-heading">Clusters</h2>
      <form class="row" onSubmit={find}>
        <label class="field inline">
          how many
          <input
            type="number"
            min="1"
            max={current.som.codebook.rows}
            placeholder="auto"
            value={count}
            onInput={(event) => setCount(event.currentTarget.value)}
          />
        </label>
        <button type="submit" disabled={isBusy || current.unit.length === 0}>
          Find clusters
        </button>
      </form>
      {clusters !== null && <List />}
      {clusters !== null && units !== null && units.size > 0 && units.size < clusters.of.length && (
        <form
          class="row"
          onSubmit={(event) => {
            event.preventDefault()
            changeRun({ clusters: split(clusters, units, name) })
            setName('')
            layerKey.value = 'clusters'
          }}
        >
          <label class="field inline">
            name
            <input value={name} onInput={(event) => setName(event.currentTarget.value)} placeholder="name" />
          </label>
          <button type="submit">
            Make the {units.size} chosen {units.size === 1 ? 'unit' : 'units'} a cluster
          </button>
        </form>
      )}
    </section>
  )
}

function List() {
  const clusters = run.value?.clusters
  if (!clusters) return null
  const names = clusterNames(clusters)
  const colours = categoryColours(clusters.count)
  const rows = new Float64Array(clusters.count)
  for (const place of clusterOfRows.value ?? []) if (place >= 0) rows[place]++
  const unitsOf = (place: number): Set<number> =>
    new Set(Array.from(clusters.of, (of, i) => (of === place ? i : -1)).filter((i) => i >= 0))
  return (
    <ul class="clusters">
      {names.map((name, place) => (
        // Clusters are their places: a name may change while it is typed.
        <li key={String(place)}>
          <button
            type="button"
            class="swatch big"
            style={{ background: colours[place] }}
            aria-label={`choose ${name}`}
            title="Choose its units"
            onClick={() => {
              const units = unitsOf(place)
              const isSame =
                filters.value.units?.size === units.size && [...units].every((u) => filters.value.units?.has(u))
              choose({ units: isSame ? null : units })
            }}
          />
          <input
            value={name}
            aria-label={`name of ${name}`}
            maxLength={200}
            onChange={(event) => {
              changeRun({ clusters: renamed(clusters, place, event.currentTarget.value) })
            }}
          />
          <span class="soft number">{rows[place]} rows</span>
          {names.length > 1 && (
            <select
              aria-label={`merge ${name} into`}
              value=""
              onChange={(event) => {
                const into = Number(event.currentTarget.value)
                event.currentTarget.value = ''
                changeRun({ clusters: merged(clusters, place, into) })
              }}
            >
              <option value="" disabled>
                merge …
              </option>
              {names.map((other, i) =>
                i === place ? null : (
                  <option key={other} value={i}>
                    {other}
                  </option>
                ),
              )}
            </select>
          )}
        </li>
      ))}
    </ul>
  )
}
