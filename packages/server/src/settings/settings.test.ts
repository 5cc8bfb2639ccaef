import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Command } from '@commander-js/extra-typings'
import { orThrow } from '@som/core'
import { afterAll, describe, expect, it } from 'vitest'
import { readSettings, settingsOf, toldSettings } from '../index.ts'
import { settingOption } from '../program/serve-options.ts'
import { mergeSettings } from './merge-settings.ts'
import { type GivenSettings, SETTING_NAMES, SETTINGS, type Setting } from './setting-table.ts'
import { defaultOf, flagOf, fromEnvironment, valuesOf, variableOf } from './setting-words.ts'

const folder = mkdtempSync(join(tmpdir(), 'som-settings-'))
afterAll(() => rmSync(folder, { recursive: true }))
const path = join(folder, 'som.json')

function told(text: string, flags: GivenSettings = {}, environment = {}) {
  writeFileSync(path, text)
  const found = settingsOf(flags, environment, readSettings(path))
  return found.isOk ? found.value : found.error
}

describe('a file of settings', () => {
  it('comes after the environment, which comes after flags', () => {
    const text = JSON.stringify({ model: 'a.som', port: 81, maxRows: 5, jobs: 0, allowRoot: [folder], log: true })
    const found = told(text, { port: 83 }, { SOM_PORT: '82', SOM_MAX_ROWS: '6' })
    expect(found).toMatchObject({ model: 'a.som', port: 83, log: true, limits: { rows: 6 } })
    expect(found).toMatchObject({ jobs: { atOnce: 0, roots: [folder] } })
    expect(told(text, {}, { SOM_ALLOW_ROOT: '' })).toMatchObject({ jobs: { roots: [] } })
  })

  it('is refused with every issue, together with those of other places', () => {
    const found = told(JSON.stringify({ model: 'a.som', prot: 81, host: 4, open: 'yes' }), { maxRows: 0 })
    expect(Array.isArray(found) && found.map((issue) => issue.path)).toEqual([
      `${path}.prot`,
      `${path}.host`,
      `${path}.open`,
      '--max-rows',
    ])
    expect(JSON.stringify(found)).toContain('did you mean port?')
    for (const text of ['{', '[]', 'null']) expect(told(text)).toMatchObject([{ path }, { path: '--model' }])
  })

  it('is shown without keys', () => {
    const key = 'a-key-of-sixteen-or-more'
    const found = told('{"model": "a.som"}', {}, { SOM_API_KEYS: key })
    if (!('host' in found)) throw new Error('refused')
    expect(toldSettings(found)).toMatchObject({ keys: 1, host: '127.0.0.1' })
  })
})

/** Of each kind a value that is not its default, as a flag is written, and one that it may not be. */
const examplesOf = (setting: Setting): { value: unknown; text: string; wrong: string } => {
  if (setting.kind === 'integer')
    return { value: setting.least + 1, text: String(setting.least + 1), wrong: String(setting.least - 1) }
  if (setting.kind === 'choice') return { value: setting.of[1], text: setting.of[1], wrong: 'nothing' }
  if (setting.kind === 'switch') return { value: true, text: 'true', wrong: 'perhaps' }
  return { value: setting.kind === 'list' ? ['a', 'b'] : 'a', text: setting.kind === 'list' ? 'a,b' : 'a', wrong: '' }
}

describe.each(SETTING_NAMES)('the setting %s', (name) => {
  const setting: Setting = SETTINGS[name]
  const { value, text, wrong } = examplesOf(setting)
  const ofFlag = () => {
    const command = new Command().addOption(settingOption(name))
    const words = setting.kind === 'list' ? ['a', 'b'] : setting.kind === 'switch' ? [[]] : [text]
    command.parse(
      words.flatMap((word) => [flagOf(name), ...[word].flat()]),
      { from: 'user' },
    )
    return command.opts()
  }

  it('is the same by flag, by variable and by file', () => {
    writeFileSync(path, JSON.stringify({ [name]: value }))
    for (const merged of [
      mergeSettings(ofFlag(), {}),
      mergeSettings({}, { [variableOf(name)]: text }),
      mergeSettings({}, {}, readSettings(path)),
    ]) {
      expect(merged.issues).toEqual([])
      expect(merged.values[name]).toEqual(value)
      expect(merged.places.size).toBe(1)
    }
  })

  it('is refused where it is wrong, by the name of its place', () => {
    const refused = mergeSettings({ [name]: setting.kind === 'integer' ? Number(wrong) : 7 }, {})
    expect(refused.issues.map((issue) => issue.path)).toEqual([flagOf(name)])
    writeFileSync(path, JSON.stringify({ [name]: {} }))
    expect(mergeSettings({}, {}, readSettings(path)).issues.map((issue) => issue.path)).toEqual([`${path}.${name}`])
    if (wrong === '') return
    const { issues } = mergeSettings({}, { [variableOf(name)]: wrong })
    expect(issues.map((issue) => issue.path)).toEqual([variableOf(name)])
  })

  it('has its variable and its default in the help', () => {
    const { description } = settingOption(name)
    expect(description).toContain(setting.is)
    expect(description).toContain(variableOf(name))
    expect(description.includes('default: ')).toBe(setting.usual !== undefined || 'default' in setting)
  })
})

it('an empty variable counts as not given, or as an empty list', () => {
  expect(fromEnvironment('port', { SOM_PORT: '' })).toBeUndefined()
  expect(fromEnvironment('allowUrl', { SOM_ALLOW_URL: '' })).toEqual([])
})

it('a setting that there is not is refused', () => {
  // As a caller in JavaScript might.
  const given = { modle: 'a.som' } as GivenSettings
  expect(mergeSettings(given, {}).issues).toEqual([{ path: 'modle', message: 'no such setting; did you mean model?' }])
})

it('the page about serving has every setting, its variable, values and default (-u writes it)', async () => {
  const page = fileURLToPath(new URL('../../../../docs/serving.md', import.meta.url))
  const rows = SETTING_NAMES.map((name): string[] => {
    const setting: Setting = SETTINGS[name]
    const flag = 'takes' in setting ? `${flagOf(name)} <${setting.takes}>` : flagOf(name)
    return [`\`${flag}\``, `\`${variableOf(name)}\``, setting.is, valuesOf(setting), defaultOf(setting)]
  })
  const table = [['flag', 'variable', 'what it is', 'values', 'default'], Array(5).fill('---'), ...rows]
  const lines = table.map((cells) => `| ${cells.join(' | ')} |`).join('\n')
  const text = readFileSync(page, 'utf8')
  const made = text.replace(/(?<=^## Settings\n(?:.*\n)*?\n)\|[\s\S]*?(?=\n\n)/m, lines)
  await expect(made).toMatchFileSnapshot(page)
})

describe('where jobs are recorded', () => {
  const mlflow = { MLFLOW_TRACKING_URI: 'http://127.0.0.1:9' }
  const trackOf = (text: object, flags: GivenSettings = {}, environment = {}) => {
    const found = told(JSON.stringify({ data: folder, ...text }), flags, { ...mlflow, ...environment })
    if (!('host' in found)) return found.map((issue) => issue.path)
    const { track } = found.jobs
    return track && [track.tracking.experiment, track.register]
  }

  it('is stated by --track and --register, else by SOM_TRACK and SOM_REGISTER, else by the file of settings', () => {
    const file = { track: 'mlflow:of-the-file', register: true }
    const environment = { SOM_TRACK: 'mlflow:of-the-environment', SOM_REGISTER: 'false' }
    expect(trackOf({})).toBeUndefined()
    expect(trackOf(file)).toEqual(['of-the-file', true])
    expect(trackOf(file, {}, environment)).toEqual(['of-the-environment', false])
    expect(trackOf(file, { track: 'mlflow:of-the-flag', register: true }, environment)).toEqual(['of-the-flag', true])
    expect(trackOf({}, {}, { SOM_TRACK: 'mlflow:tides', SOM_REGISTER: 'true' })).toEqual(['tides', true])
    expect(trackOf(file, {}, { SOM_TRACK: '' })).toEqual(['of-the-file', true])
  })

  it('is refused by all of them where it cannot be', () => {
    expect(trackOf({ track: 'nowhere' })).toEqual([`${path}.track`])
    expect(trackOf({}, {}, { SOM_TRACK: 'nowhere' })).toEqual(['SOM_TRACK'])
    expect(trackOf({}, { track: 'nowhere' })).toEqual(['--track'])
    expect(trackOf({}, {}, { SOM_REGISTER: '1' })).toEqual(['SOM_REGISTER'])
    expect(trackOf({ track: `jsonl:${join(folder, 'runs')}`, register: true })).toEqual([`${path}.register`])
    expect(trackOf({ data: undefined, model: 'a.som', track: 'mlflow' })).toEqual([`${path}.track`])
    expect(trackOf({ track: 4, register: 'yes' })).toEqual([`${path}.track`, `${path}.register`])
  })
})

it('of a shared registry the place alone is reported', () => {
  const environment = {
    SOM_DATA: tmpdir(),
    SOM_REGISTRY: 'postgres://som:unsaid@db.example.org:5432/maps?password=unsaid',
    SOM_STORE: 's3://maps/live?endpoint=https://store.example.org',
    AWS_ACCESS_KEY_ID: 'unsaid-id',
    AWS_SECRET_ACCESS_KEY: 'unsaid-key',
    SOM_API_KEYS: 'unsaid-unsaid-unsaid',
  }
  const told = toldSettings(orThrow(settingsOf({}, environment)))
  expect(told).toMatchObject({ registry: 'db.example.org:5432/maps', store: 'https://store.example.org/maps/live/' })
  expect(JSON.stringify(told)).not.toContain('unsaid')
})
