import { useState } from 'preact/hooks'
import { openFile } from '../state/actions.ts'
import { EXAMPLES, openExample } from '../state/examples.ts'
import { ServedMaps } from './served-maps.tsx'

const TYPES = '.csv,.tsv,.txt,.tab,.parquet,.json,.ndjson,.jsonl,.arrow,.feather,.ipc,.xlsx,.som'

/** What is shown while nothing is open: how to bring a table. */
export function Start() {
  const [pasted, setPasted] = useState('')
  return (
    <div class="start">
      <ServedMaps />
      <section aria-labelledby="start-heading">
        <h2 id="start-heading">Bring a table</h2>
        <p>
          Drop a file anywhere on this page, or choose one. Nothing is sent anywhere: all of it stays in this browser.
        </p>
        <FileButton label="Choose a file" />
        <p class="soft">CSV, TSV, Parquet, JSON, NDJSON, Arrow, Excel, or a map that som trained (.som)</p>
      </section>
      <section aria-labelledby="examples-heading">
        <h2 id="examples-heading">Or take a real example</h2>
        <ul class="examples">
          {EXAMPLES.map((example) => (
            <li key={example.name}>
              <button type="button" onClick={() => openExample(example)}>
                <strong>{example.name}</strong>
                <span>{example.is}</span>
              </button>
            </li>
          ))}
        </ul>
      </section>
      <section aria-labelledby="paste-heading">
        <h2 id="paste-heading">Or paste one</h2>
        <textarea
          rows={5}
          aria-labelledby="paste-heading"
          placeholder={'length,width\n39.1,18.7\n39.5,17.4'}
          value={pasted}
          onInput={(event) => setPasted(event.currentTarget.value)}
        />
        <button
          type="button"
          disabled={pasted.trim() === ''}
          onClick={() => openFile(new File([pasted], 'pasted.csv', { type: 'text/csv' }))}
        >
          Open what I pasted
        </button>
      </section>
    </div>
  )
}

/** A button that lets somebody choose a file. */
export function FileButton({ label, onFile = openFile }: { label: string; onFile?: (file: File) => unknown }) {
  return (
    <label class="button">
      {label}
      <input
        type="file"
        accept={TYPES}
        class="unseen"
        onChange={(event) => {
          const [file] = event.currentTarget.files ?? []
          if (file) onFile(file)
          event.currentTarget.value = ''
        }}
      />
    </label>
  )
}
