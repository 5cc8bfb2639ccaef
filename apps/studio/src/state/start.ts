import { keepAlways, lastKept, openMap, openTable, restore } from './actions.ts'
import { EXAMPLES, openExample } from './examples.ts'
import { decodeView, type View } from './link.ts'
import { type LocalSession, localFile, localSession, localTable } from './local-server.ts'
import { say } from './say.ts'
import { awaited, doing, message } from './store.ts'

/** Opens what the server was started with, else what the last visit left. */
export async function start(): Promise<void> {
  try {
    const [view, session, kept] = [await viewOfAddress(), await localSession(), await lastKept()]
    const wanted = session?.table ?? null
    if (view !== null) return await openView(view, wanted)
    if (wanted !== null && kept?.source.key !== wanted.key) await openTable(await localTable(wanted))
    else if (kept !== null && (wanted !== null || session === null || session.map === null)) await restore(kept)
    if (session?.map && (kept === null || kept.source.key !== wanted?.key))
      await openMap(session.map.name, await localFile('map', session.map.name, null))
  } catch (error) {
    say(error)
  } finally {
    doing.value = { kind: 'nothing' }
    keepAlways()
  }
}

/** The view that the address says, once: a reload shows what is kept. */
async function viewOfAddress(): Promise<View | null> {
  const parts = new URLSearchParams(location.hash.slice(1))
  const text = parts.get('view')
  if (text === null) return null
  parts.delete('view')
  const rest = String(parts)
  history.replaceState(null, '', rest === '' ? location.pathname : `#${rest}`)
  const view = await decodeView(text)
  if (view === null)
    message.value = { kind: 'error', text: 'the link is damaged: expected a view, found something else' }
  return view
}

/** Opens the table of a link where it is at hand; else asks for it, since no row is in a link. */
async function openView(view: View, here: LocalSession['table']): Promise<void> {
  const { name, isExample } = view.table
  awaited.value = view
  const example = EXAMPLES.find((each) => isExample && each.name === name)
  if (example !== undefined) await openExample(example)
  else if (here?.name === name) await openTable(await localTable(here))
  else message.value = { kind: 'note', text: `Open ${name} to see what the link shows: no row is in a link.` }
}
