import { keepAlways, lastKept, openMap, openTable, restore } from './actions.ts'
import { localFile, localSession, localTable } from './local-server.ts'
import { doing, message } from './store.ts'

/** Opens what the server was started with, else what the last visit left. */
export async function start(): Promise<void> {
  try {
    const [session, kept] = [await localSession(), await lastKept()]
    const wanted = session?.table ?? null
    if (wanted !== null && kept?.source.key !== wanted.key) await openTable(await localTable(wanted))
    else if (kept !== null && (wanted !== null || session === null || session.map === null)) await restore(kept)
    if (session?.map && (kept === null || kept.source.key !== wanted?.key))
      await openMap(session.map.name, await localFile('map', session.map.name, null))
  } catch (error) {
    message.value = { kind: 'error', text: error instanceof Error ? error.message : String(error) }
  } finally {
    doing.value = { kind: 'nothing' }
  }
  keepAlways()
}
