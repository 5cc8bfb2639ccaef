import { useState } from 'preact/hooks'
import { assignmentsOf } from '../state/assignments.ts'
import { commandOf } from '../state/command.ts'
import { hasRegistry, keepOnServer, servedMaps } from '../state/som-server.ts'
import { live, message, type Run, run, source, table } from '../state/store.ts'
import { ask } from '../work/worker-client.ts'
import { layerKey } from './layers.ts'
import { largeMap } from './map-panel.tsx'
import { pictureOf } from './picture.ts'

/** What is taken along: the map, the rows with their units, a picture, and the command that repeats the run. */
export function Out() {
  const { value: current } = run
  const data = table.value
  if (current === null || live.value !== null) return null
  const base = (source.value?.name ?? 'map').replace(/\.[^.]+$/, '')
  const hasRows = data !== null && current.unit.length === data.rows
  const command =
    current.chosen === null || data === null || source.value === null
      ? null
      : commandOf(source.value.path, current.chosen, data.columns, current.som)
  return (
    <section class="panel" aria-labelledby="out-heading">
      <h2 id="out-heading">Take along</h2>
      <div class="buttons">
        <button
          type="button"
          onClick={() => attempt(async () => save(`${base}.som`, [await ask('exportMap', current.clusters)]))}
        >
          Map (.som)
        </button>
        {hasRows && (
          <button
            type="button"
            onClick={() => save(`${base}-assigned.csv`, [assignmentsOf(data, current)], 'text/csv')}
          >
            Rows with units (.csv)
          </button>
        )}
        <button
          type="button"
          onClick={() =>
            attempt(async () => {
              const png = await largeMap.current?.toPng(3)
              if (png) save(`${base}-${fileWord(layerKey.value)}.png`, [png], 'image/png')
            })
          }
        >
          Picture (.png)
        </button>
        <button
          type="button"
          onClick={() =>
            attempt(async () =>
              save(
                `${base}-${fileWord(layerKey.value)}.svg`,
                [await pictureOf(layerKey.value, current)],
                'image/svg+xml',
              ),
            )
          }
        >
          Picture (.svg)
        </button>
      </div>
      {hasRegistry && servedMaps.value !== null && <KeepOnServer usual={base} current={current} />}
      {command !== null && <Command text={command} />}
    </section>
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

function Command({ text }: { text: string }) {
  return (
    <>
      <h3>The same map from a command</h3>
      <pre class="command">
        <code>{text}</code>
      </pre>
      <button
        type="button"
        onClick={() =>
          attempt(async () => {
            await navigator.clipboard.writeText(text)
            message.value = { kind: 'note', text: 'Copied the command.' }
          })
        }
      >
        Copy the command
      </button>
    </>
  )
}

const fileWord = (key: string): string => key.replace(/[^\w-]+/g, '-')

async function attempt(work: () => Promise<unknown>): Promise<void> {
  try {
    await work()
  } catch (error) {
    message.value = { kind: 'error', text: error instanceof Error ? error.message : String(error) }
  }
}

function save(name: string, parts: BlobPart[], type = 'application/octet-stream'): void {
  const address = URL.createObjectURL(new Blob(parts, { type }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), 10_000)
}
