import { useEffect, useState } from 'preact/hooks'
import { say } from '../state/say.ts'
import { isOfServer, keyAsked, listMaps, openServed, servedMaps } from '../state/som-server.ts'

/** The maps of the server that gave this page, once it has the key that the server asks for. */
export function ServedMaps() {
  const [typed, setTyped] = useState('')
  useEffect(() => {
    if (isOfServer && servedMaps.value === null) listMaps().catch(say)
  }, [])
  if (!isOfServer) return null
  const { value: maps } = servedMaps
  const { value: wanted } = keyAsked
  return (
    <section class="panel" aria-labelledby="served-heading">
      <h2 id="served-heading">Maps of this server</h2>
      {wanted !== null && (
        <form
          class="row"
          onSubmit={(event) => {
            event.preventDefault()
            listMaps(typed).catch(say)
          }}
        >
          <label class="field inline">
            Key
            <input
              type="password"
              autocomplete="off"
              required
              value={typed}
              onInput={(event) => setTyped(event.currentTarget.value)}
            />
          </label>
          <button type="submit">Show maps</button>
          <p role="status" class="soft">
            {wanted.why || 'The server shows its maps to who has a key. It is forgotten when you leave.'}
          </p>
        </form>
      )}
      {maps !== null && maps.length === 0 && <p class="soft">No maps yet.</p>}
      {maps !== null && maps.length > 0 && (
        <ul class="examples">
          {maps.map((map) => (
            <li key={`${map.name} ${map.version}`}>
              <button type="button" onClick={() => openServed(map)}>
                <strong>{map.name}</strong>
                {map.version !== null && <span>{[`version ${map.version}`, ...map.aliases].join(', ')}</span>}
              </button>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
