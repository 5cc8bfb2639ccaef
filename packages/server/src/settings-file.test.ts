import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { orThrow } from '@som/core'
import { afterAll, describe, expect, it } from 'vitest'
import { readSettings, settingsOf, toldSettings } from './index.ts'

const folder = mkdtempSync(join(tmpdir(), 'som-settings-'))
afterAll(() => rmSync(folder, { recursive: true }))
const path = join(folder, 'som.json')

function told(text: string, flags = {}, environment = {}) {
  writeFileSync(path, text)
  const found = settingsOf(flags, environment, readSettings(path))
  return found.isOk ? found.value : found.error
}

describe('a file of settings', () => {
  it('comes after the environment, which comes after flags', () => {
    const text = JSON.stringify({ model: 'a.som', port: 81, maxRows: 5, jobs: 0, allowRoot: [folder], log: true })
    const found = told(text, { port: '83' }, { SOM_PORT: '82', SOM_MAX_ROWS: '6' })
    expect(found).toMatchObject({ model: 'a.som', port: 83, log: true, limits: { rows: 6 } })
    expect(found).toMatchObject({ jobs: { atOnce: 0, roots: [folder] } })
    expect(told(text, {}, { SOM_ALLOW_ROOT: '' })).toMatchObject({ jobs: { roots: [] } })
  })

  it('is refused with every issue, together with those of other places', () => {
    const found = told(JSON.stringify({ model: 'a.som', prot: 81, host: 4, open: 'yes' }), { maxRows: '0' })
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

describe('where jobs are recorded', () => {
  const mlflow = { MLFLOW_TRACKING_URI: 'http://127.0.0.1:9' }
  const trackOf = (text: object, flags = {}, environment = {}) => {
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
    expect(trackOf({ track: 'nowhere' })).toEqual(['--track'])
    expect(trackOf({}, {}, { SOM_TRACK: 'nowhere' })).toEqual(['--track'])
    expect(trackOf({}, {}, { SOM_REGISTER: '1' })).toEqual(['--register'])
    expect(trackOf({ track: `jsonl:${join(folder, 'runs')}`, register: true })).toEqual(['--register'])
    expect(trackOf({ data: undefined, model: 'a.som', track: 'mlflow' })).toEqual(['--track'])
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
