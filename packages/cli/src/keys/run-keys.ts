import {
  type Data,
  type KeyEntry,
  type KeyWish,
  LIMITS,
  type MapNames,
  mapNamesOf,
  openFolder,
  SCOPES,
  textOf,
} from '@som/server'
import { complain, optionIssues, Refusal, untilRefused } from '@som/server/command'
import { EXIT } from '@som/server/program'
import type { KeysFlags } from '../command-flags/keys-flags.ts'
import { Flags } from '../flags.ts'

const ACTIONS = ['make', 'list', 'revoke'] as const
const DAY_MS = 86_400_000
const MOST_LABEL = 100

/** Runs `som keys`; gives the exit code. */
export async function runKeys(command: Parameters<typeof optionIssues>[0], flags: KeysFlags): Promise<number> {
  const read = new Flags()
  const [word, id, ...rest] = command.args
  read.issues.push(...optionIssues(command))
  const action = read.choice('som keys', word ?? '', ACTIONS)
  const folder = textOf('data', flags.data, process.env)
  if (!folder) read.add('--data', 'expected the data folder of a server, found none; give it here or in SOM_DATA')
  if (action === 'revoke' && id === undefined) read.add('som keys revoke', 'expected the id of a key, found none')
  if (rest.length > 0 || (action !== 'revoke' && id !== undefined)) read.add(rest[0] ?? id, 'unexpected argument')
  const wish = wishOf(read, flags)
  if (!folder || read.issues.length > 0) {
    complain(read.issues)
    return EXIT.usage
  }
  return untilRefused(async () => {
    const data = await openFolder(folder)
    try {
      act(data, action ?? 'list', id, wish)
      return EXIT.done
    } finally {
      data.close()
    }
  })
}

function act({ keys }: Data, action: (typeof ACTIONS)[number], id: string, wish: KeyWish): void {
  if (action === 'make') {
    const { key, entry } = keys.make(wish)
    process.stderr.write(`${lineOf(entry)}\nstore the key safely: it is not shown again\n`)
    process.stdout.write(`${key}\n`)
  } else if (action === 'revoke') {
    if (!keys.revoke(id))
      throw new Refusal([{ path: id, message: 'no such key, or already revoked; see som keys list' }])
    process.stdout.write(`revoked ${id}\n`)
  } else {
    for (const entry of keys.list()) process.stdout.write(`${lineOf(entry)}\n`)
  }
}

function lineOf({ id, label, scopes, maps, limits, created, expires, revoked }: KeyEntry): string {
  const until = revoked ? `revoked ${revoked}` : expires ? `expires ${expires}` : 'never expires'
  const own = Object.entries(limits).map(([name, value]) => `${name}=${value}`)
  return [id, scopes.join(','), maps?.join(',') ?? '', `made ${created}`, until, ...own, label]
    .filter((part) => part !== '')
    .join('  ')
}

function wishOf(read: Flags, { label = '', scopes = 'read,score', maps, expires, limit }: KeysFlags): KeyWish {
  const wanted = scopes.split(',').map((scope) => read.choice('--scopes', scope.trim(), SCOPES))
  const limits = read.assignments('--limit', limit).map(([name, text]): [string, number | undefined] => {
    const known = read.choice('--limit', name, LIMITS)
    if (known !== 'rate') return [name, read.integer(`--limit ${name}`, text, 1)]
    const rate = read.number('--limit rate', text)
    if (rate !== undefined && !(rate >= 0.001 && rate <= 1e6))
      read.add('--limit rate', `expected a number from 0.001 to 1000000, found ${text}`)
    return [name, rate]
  })
  // The list shows one key per line.
  if (label.length > MOST_LABEL || /\p{Cc}/u.test(label))
    read.add('--label', `expected at most ${MOST_LABEL} characters of one line`)
  return {
    label,
    scopes: [...new Set(wanted.filter((scope) => scope !== undefined))],
    maps: mapsOf(read, maps, wanted),
    limits: Object.fromEntries(limits),
    expires: expires === undefined ? null : untilWhen(read, expires),
  }
}

/** A key that may add to maps names them, so that no key adds to a map of others by oversight. */
function mapsOf(read: Flags, text: string | undefined, scopes: readonly (string | undefined)[]): MapNames {
  const isAdmin = scopes.includes('admin')
  if (text === undefined) {
    if (scopes.includes('train') && !isAdmin)
      read.add('--maps', "expected the maps that the key may add to, such as 'north-*,tides', or '*' for every map")
    return null
  }
  const names = mapNamesOf(text)
  if (names.isErr) read.add('--maps', names.error)
  else if (isAdmin) read.add('--maps', 'expected scopes without admin, which allows everything')
  return names.unwrapOr(null)
}

function untilWhen(read: Flags, text: string): string | null {
  const [, days] = /^(\d{1,5})d$/.exec(text) ?? []
  const at =
    days === undefined ? Date.parse(/^\d{4}-\d{2}-\d{2}/.test(text) ? text : '') : Date.now() + Number(days) * DAY_MS
  if (at > Date.now()) return new Date(at).toISOString()
  const found = Number.isNaN(at) ? '' : ', which is in the past'
  read.add(
    '--expires',
    `expected a future date such as 2099-01-31, or days such as 90d, found ${JSON.stringify(text)}${found}`,
  )
  return null
}
