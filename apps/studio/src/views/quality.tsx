import { measure } from '../state/actions.ts'
import { doing, layerKey, live, measured, run } from '../state/store.ts'
import { shortNumber } from '../table/table-data.ts'

/** How good the map is: its measures, and what they mean in words. */
export function QualityPanel() {
  const { value: current } = run
  const { value: found } = measured
  if (current === null || live.value !== null || current.unit.length === 0) return null
  return (
    <section class="panel" aria-labelledby="quality-heading">
      <h2 id="quality-heading">Quality</h2>
      {found === null ? (
        <>
          <p class="soft">How well the map fits its rows and keeps their order, as som quality measures it.</p>
          <button type="button" disabled={doing.value.kind !== 'nothing'} onClick={measure}>
            Measure the map
          </button>
        </>
      ) : (
        <>
          {found.diagnoses.length === 0 ? (
            <p>Nothing stands out: the map is as good as most.</p>
          ) : (
            <ul class="traits">
              {found.diagnoses.map(({ kind, finding, advice }) => (
                <li key={kind}>
                  {finding} <span class="soft">({advice})</span>
                </li>
              ))}
            </ul>
          )}
          <details>
            <summary>{found.measures.length} measures</summary>
            <table class="measures">
              <tbody>
                {found.measures.map(({ name, value, better, convention }) => (
                  <tr key={name} title={convention}>
                    <th scope="row">{inWords(name)}</th>
                    <td class="number">{shortNumber(value) || 'none'}</td>
                    <td class="soft">{better === null ? '' : `${better} is better`}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </details>
          <div class="buttons">
            {(['error', 'topographic error'] as const).map((key) => (
              <button
                key={key}
                type="button"
                onClick={() => {
                  layerKey.value = key
                }}
              >
                Colour by {key === 'error' ? 'distance' : 'topographic error'}
              </button>
            ))}
          </div>
        </>
      )}
    </section>
  )
}

/** A name in camel case as words. */
const inWords = (name: string): string => name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
