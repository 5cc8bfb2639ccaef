import type { Som } from '@som/core'
import { rangeOf, type SomMap } from '@som/map-view'
import { useCallback, useMemo, useState } from 'preact/hooks'
import { showRun } from '../state/actions.ts'
import {
  calmSom,
  hovered,
  layerKey,
  live,
  measured,
  newRows,
  run,
  runAt,
  runs,
  shownSom,
  table,
} from '../state/store.ts'
import { shortNumber } from '../table/table-data.ts'
import { briefNames } from './brief-names.ts'
import { type Beside, classColumns, LAYERS, type Layer, layerOf, NAMES, piesKey, planeKey } from './layers.ts'
import { LinkedMap } from './som-map.tsx'

/** The large map, for pictures of it. */
export const largeMap: { current: SomMap | null } = { current: null }

const MOST_PLANES = 24
/** Planes of more units than this follow a map in training less often than the map itself. */
const LARGE = 2500

/** The map: large by the layer that is chosen, and the planes of all features beside one another. */
export function MapPanel() {
  const som = shownSom.value
  const [planes, setPlanes] = useState(MOST_PLANES)
  const beside = useBeside()
  const key = layerKey.value
  const layer = useMemo(() => (som === null ? null : layerOf(key, som, beside)), [key, som, beside])
  const describe = useCallback((unit: number) => layer?.text(unit) ?? '', [layer])
  const features = som?.features
  const brief = useMemo(() => briefNames(features?.map(({ name }) => name) ?? []), [features])
  if (som === null || layer === null) return null
  const { rows: down, columns: across, cell, shape } = som.lattice
  return (
    <section class="panel map-panel" aria-labelledby="map-heading">
      <header class="row">
        <h2 id="map-heading">Map</h2>
        <label class="field inline">
          coloured by
          <select
            value={layer.key}
            onChange={(event) => {
              layerKey.value = event.currentTarget.value
            }}
          >
            {LAYERS.filter((name) => isThere(name, som, beside)).map((name) => (
              <option key={name} value={name}>
                {NAMES[name]}
              </option>
            ))}
            {classColumns(beside).map(({ name }) => (
              <option key={name} value={piesKey(name)}>
                classes of {name}
              </option>
            ))}
            {som.features.slice(0, 500).map(({ name }) => (
              <option key={name} value={planeKey(name)}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <Runs />
      </header>
      <div class="large">
        <LinkedMap
          lattice={som.lattice}
          values={layer.values}
          colours={layer.colours}
          sizes={layer.sizes}
          groups={beside.clusters?.of ?? null}
          pies={layer.pies}
          label={`Map of ${down} by ${across} units, coloured by ${layer.name}. Arrow keys move, space chooses.`}
          describe={describe}
          at={largeMap}
        />
      </div>
      <Legend layer={layer} />
      <p class="soft under">
        {down} × {across} units, {cell} {shape}. Click a unit, shift-click for more, or draw a loop around some.
      </p>
      <h3>Component planes</h3>
      <div class="planes">
        {som.features.slice(0, planes).map(({ name }, i) => (
          <Plane key={name} feature={name} brief={brief[i]} />
        ))}
      </div>
      {som.features.length > planes && (
        <button type="button" onClick={() => setPlanes(planes + MOST_PLANES)}>
          Show more planes ({som.features.length - planes} left)
        </button>
      )}
    </section>
  )
}

/** What there is beside the map that is shown; none of it while a map is in training. */
function useBeside(): Beside {
  const current = live.value === null ? run.value : null
  const { value: data } = table
  const { value: found } = measured
  const { value: others } = newRows
  return useMemo(
    () => ({
      clusters: current?.clusters ?? null,
      rows: current !== null && current.unit.length > 0 ? current : null,
      table: data,
      measured: current === null ? null : found,
      newRows: current === null ? null : others,
    }),
    [current, data, found, others],
  )
}

const isThere = (
  name: (typeof LAYERS)[number],
  { seen }: Som,
  { clusters, rows, measured, newRows }: Beside,
): boolean =>
  ({
    'u-matrix': true,
    hits: seen !== null,
    error: rows !== null,
    'topographic error': measured !== null,
    'new rows': newRows !== null,
    clusters: clusters !== null,
  })[name]

/** One feature over the map. */
function Plane({ feature, brief }: { feature: string; brief: string }) {
  const isLarge = (shownSom.value?.codebook.rows ?? 0) > LARGE
  const som = isLarge ? calmSom.value : shownSom.value
  const layer = useMemo(() => (som === null ? null : layerOf(planeKey(feature), som)), [som, feature])
  const describe = useCallback((unit: number) => layer?.text(unit) ?? '', [layer])
  if (som === null || layer === null) return null
  const [least, greatest] = rangeOf(layer.values)
  const at = hovered.value
  return (
    <figure class="plane">
      <LinkedMap
        lattice={som.lattice}
        values={layer.values}
        label={`Component plane of ${feature}`}
        describe={describe}
      />
      <figcaption>
        <strong title={feature}>{brief}</strong>
        <span class="soft">
          {at !== null && at < layer.values.length
            ? shortNumber(layer.values[at])
            : `${shortNumber(least)} to ${shortNumber(greatest)}`}
        </span>
      </figcaption>
    </figure>
  )
}

/** What the colours of the large map mean, and the value that is pointed at. */
function Legend({ layer }: { layer: Layer }) {
  const at = hovered.value
  const pointed = at !== null && at < layer.values.length ? layer.text(at) : ''
  if (typeof layer.colours !== 'string') {
    return (
      <p class="legend">
        {layer.names.slice(0, 24).map((name, place) => (
          <span key={name} class="swatch-name">
            <span class="swatch" style={{ background: layer.colours[place] }} /> {name}
          </span>
        ))}
        <span class="pointed">{pointed}</span>
      </p>
    )
  }
  const [least, greatest] = rangeOf(layer.values)
  return (
    <p class="legend">
      <span>{shortNumber(least)}</span>
      <span class={`scale ${layer.colours}`} />
      <span>{shortNumber(greatest)}</span>
      <span class="pointed">{pointed}</span>
    </p>
  )
}

/** Earlier maps of this session. */
function Runs() {
  if (runs.value.length < 2) return null
  return (
    <label class="field inline">
      run
      <select value={runAt.value} onChange={(event) => showRun(Number(event.currentTarget.value))}>
        {runs.value.map(({ som }, i) => (
          <option key={som.training.digest + String(i)} value={i}>
            {i + 1}: {som.lattice.rows} × {som.lattice.columns}
          </option>
        ))}
      </select>
    </label>
  )
}
