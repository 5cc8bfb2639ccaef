import { useState } from 'preact/hooks'
import { assignedColumns, csvOf } from '../state/assignments.ts'
import { commandOf } from '../state/command.ts'
import { filters } from '../state/filters.ts'
import { encodeView } from '../state/link.ts'
import { programOf } from '../state/program.ts'
import { say } from '../state/say.ts'
import { hasRegistry, keepOnServer, servedMaps } from '../state/som-server.ts'
import { layerKey, live, message, type Run, run, source, table } from '../state/store.ts'
import type { TableData } from '../table/table-data.ts'
import { ask } from '../work/worker-client.ts'
import { largeMap } from './map-panel.tsx'
import { pictureOf } from './picture.ts'

/** What is taken along: the map, the rows with their units, pictures, a link, and what repeats the run. */
export function Out() {
  const { value: current } = run
  const data = table.value
  if (current === null || live.value !== null) return null
  const base = (source.value?.name ?? 'map').replace(/\.[^.]+$/, '')
  const picture = `${base}-${layerKey.value.replace(/[^\w-]+/g, '-')}`
  return (
    <section class="panel" aria-labelledby="out-heading">
      <h2 id="out-heading">Take along</h2>
      <div class="buttons">
        <Save name={`${base}.som`} make={() => ask('exportMap', current.clusters)}>
          Map (.som)
        </Save>
        <Save name={`${picture}.png`} type="image/png" make={async () => (await largeMap.current?.toPng(3)) ?? null}>
          Picture (.png)
        </Save>
        <Save name={`${picture}.svg`} type="image/svg+xml" make={() => pictureOf(layerKey.value, current)}>
          Picture (.svg)
        </Save>
      </div>
      {data !== null && current.unit.length === data.rows && <Assigned base={base} data={data} current={current} />}
      {hasRegistry && servedMaps.value !== null && <KeepOnServer usual={base} current={current} />}
      <Repeat current={current} data={data} />
    </section>
  )
}

/** The rows with what the map says about each. */
function Assigned({ base, data, current }: { base: string; data: TableData; current: Run }) {
  const columns = (): ReturnType<typeof assignedColumns> => assignedColumns(data, current)
  const name = `${base}-assigned`
  return (
    <>
      <h3>Rows with their units</h3>
      <div class="buttons">
        <Save name={`${name}.csv`} type="text/csv" make={async () => csvOf(columns(), data.rows)}>
          CSV
        </Save>
        <Save
          name={`${name}.parquet`}
          make={async () => (await import('../state/typed-files.ts')).parquetOf(columns(), data.rows)}
        >
          Parquet
        </Save>
        <Save
          name={`${name}.arrow`}
          make={async () => (await import('../state/typed-files.ts')).arrowOf(columns(), data.rows)}
        >
          Arrow
        </Save>
      </div>
    </>
  )
}

/** What trains the same map elsewhere: a command, a program, and a link to this view. */
function Repeat({ current, data }: { current: Run; data: TableData | null }) {
  const { chosen, som, clusters } = current
  const { value: from } = source
  if (chosen === null || data === null || from === null) return null
  const link = async (): Promise<string> => {
    const about = { name: from.name, isExample: from.isExample === true, rows: data.rows }
    const view = await encodeView({ table: about, chosen, clusters, filters: filters.value, layer: layerKey.value })
    return `${location.origin}${location.pathname}#view=${view}`
  }
  const program = programOf(from.path, chosen, data.columns, som)
  return (
    <>
      <h3>The same map again</h3>
      <pre class="command">
        <code>{commandOf(from.path, chosen, data.columns, som)}</code>
      </pre>
      <div class="buttons">
        <Copy what="the command" make={async () => commandOf(from.path, chosen, data.columns, som)} />
        <Copy what="a link to this view" make={link} />
      </div>
      <details class="kept">
        <summary>As a program in TypeScript</summary>
        <pre class="program">
          <code>{program}</code>
        </pre>
        <Copy what="the program" make={async () => program} />
      </details>
    </>
  )
}

/** The map as the next version of a name in the registry of the server that gave this page. */
function KeepOnServer({ usual, current }: { usual: string; current: Run }) {
  const [name, setName] = useState(usual.toLowerCase().replace(/[^a-z0-9]+/g, '-'))
  return (
    <form
      class="row kept"
      onSubmit={(event) => {
        event.preventDefault()
        attempt(async () => keepOnServer(name, await ask('exportMap', current.clusters)))
      }}
    >
      <label class="field inline">
        as
        <input value={name} required maxLength={100} onInput={(event) => setName(event.currentTarget.value)} />
      </label>
      <button type="submit">Keep the map on the server</button>
    </form>
  )
}

interface SaveProps {
  readonly name: string
  readonly type?: string
  /** What to save; null where there is nothing. */
  readonly make: () => Promise<BlobPart | null>
  readonly children: string
}

function Save({ name, type = 'application/octet-stream', make, children }: SaveProps) {
  const save = async (): Promise<void> => {
    const part = await make()
    if (part === null) return
    const address = URL.createObjectURL(new Blob([part], { type }))
    const link = document.createElement('a')
    link.href = address
    link.download = name
    link.click()
    setTimeout(() => URL.revokeObjectURL(address), 10_000)
  }
  return (
    <button type="button" onClick={() => attempt(save)}>
      {children}
    </button>
  )
}

function Copy({ what, make }: { what: string; make: () => Promise<string> }) {
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(await make())
    message.value = { kind: 'note', text: `Copied ${what}.` }
  }
  return (
    <button type="button" onClick={() => attempt(copy)}>
      Copy {what}
    </button>
  )
}

async function attempt(work: () => Promise<unknown>): Promise<void> {
  try {
    await work()
  } catch (error) {
    say(error)
  }
}
