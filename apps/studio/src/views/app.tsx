import { useEffect, useState } from 'preact/hooks'
import { openFile, startAgain } from '../state/actions.ts'
import { clearFilters, undo } from '../state/filters.ts'
import { doing, message, run, shownSom, source, table } from '../state/store.ts'
import { counted } from '../table/table-data.ts'
import { ChosenRows } from './chosen-rows.tsx'
import { ClustersPanel } from './clusters.tsx'
import { Columns } from './columns.tsx'
import { ComparePanel } from './compare.tsx'
import { Histograms } from './histograms.tsx'
import { MapPanel } from './map-panel.tsx'
import { Net } from './net.tsx'
import { NewRowsPanel } from './new-rows.tsx'
import { Out } from './out.tsx'
import { Parallel } from './parallel.tsx'
import { PlaneOfRows } from './plane-of-rows.tsx'
import { QualityPanel } from './quality.tsx'
import { Rows } from './rows.tsx'
import { ServedMaps } from './served-maps.tsx'
import { FileButton, Start } from './start.tsx'
import { TrainPanel } from './train-panel.tsx'

/** The whole page. */
export function App() {
  const isOver = useDrop()
  useKeys()
  const isOpen = table.value !== null || run.value !== null
  return (
    <>
      <a class="skip" href="#main">
        Skip to the content
      </a>
      <header class="top">
        <h1>Som studio</h1>
        {table.value !== null && (
          <p class="what">
            <strong>{source.value?.name}</strong> {counted(table.value.rows, 'row')},{' '}
            {counted(table.value.columns.length, 'column')}
          </p>
        )}
        {isOpen && <FileButton label="Open a file" />}
        {isOpen && (
          <button type="button" onClick={startAgain}>
            Close
          </button>
        )}
      </header>
      <Messages />
      <main id="main" tabIndex={-1}>
        {isOpen ? <Work /> : <Start />}
      </main>
      {isOver && <div class="drop">Drop a table or a map to open it</div>}
    </>
  )
}

function Work() {
  return (
    <div class="work">
      <div class="side left">
        <TrainPanel />
        <Columns />
        <ServedMaps />
      </div>
      <div class="middle">
        {shownSom.value === null && (
          <section class="panel hint">
            <h2>No map yet</h2>
            <p>Tick the columns that the map is to learn from, then press Train. The map appears here as it learns.</p>
          </section>
        )}
        <MapPanel />
        <div class="pair">
          <Net />
          <PlaneOfRows />
        </div>
        <Parallel />
        <ComparePanel />
        <Rows />
      </div>
      <div class="side right">
        <ChosenRows />
        <ClustersPanel />
        <Histograms />
        <QualityPanel />
        <NewRowsPanel />
        <Out />
      </div>
    </div>
  )
}

/** What is going on, and what went wrong. */
function Messages() {
  const { value: now } = doing
  const { value: told } = message
  return (
    <div class="messages">
      <div role="status">
        {now.kind === 'reading' && (
          <p class="busy">
            Reading {now.what}: {Math.round(100 * now.share)} %
          </p>
        )}
        {now.kind === 'working' && <p class="busy">Busy: {now.what} …</p>}
        {told?.kind === 'note' && <p class="note">{told.text}</p>}
      </div>
      <div role="alert">
        {told?.kind === 'error' && (
          <p class="error">
            <span>{told.text}</span>
            <button
              type="button"
              onClick={() => {
                message.value = null
              }}
            >
              Dismiss
            </button>
          </p>
        )}
      </div>
    </div>
  )
}

/** Files that are dropped anywhere on the page. */
function useDrop(): boolean {
  const [isOver, setOver] = useState(false)
  useEffect(() => {
    const over = (event: DragEvent): void => {
      event.preventDefault()
      setOver(event.type === 'dragover')
    }
    const drop = (event: DragEvent): void => {
      over(event)
      const [file] = event.dataTransfer?.files ?? []
      if (file) openFile(file)
    }
    addEventListener('dragover', over)
    addEventListener('dragleave', over)
    addEventListener('drop', drop)
    return () => {
      removeEventListener('dragover', over)
      removeEventListener('dragleave', over)
      removeEventListener('drop', drop)
    }
  }, [])
  return isOver
}

/** Keys that work everywhere except where somebody types. */
function useKeys(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.target instanceof HTMLElement && /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) return
      if (event.key === 'Escape') clearFilters()
      else if (event.key === 'z' && (event.ctrlKey || event.metaKey)) {
        event.preventDefault()
        undo()
      }
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [])
}
