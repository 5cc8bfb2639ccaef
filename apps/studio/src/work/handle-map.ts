import {
  type Clusters,
  clusterRows,
  diagnose,
  embed,
  fitEmbedding,
  type Issue,
  match as matchRows,
  quality,
  type Samples,
  type Som,
} from '@som/core'
import { decodeModel, encodeModel, openTable, readSamples, selectFeatures, type Table } from '@som/io'
import Result from 'true-myth/result'
import { readTable } from '../table/read-table.ts'
import type { TableData } from '../table/table-data.ts'
import { pageBackend } from './backend.ts'
import { need, opened } from './opened.ts'
import type { Measured, OnMap } from './worker-api.ts'

export const NO_MAP = 'expected a map first, found none; train one or open a .som file'

/** Opens a table; what was open before stays where it cannot be read. */
export async function open(name: string, bytes: Uint8Array): Promise<Result<TableData, readonly Issue[]>> {
  const table = await openTable({ name, contents: bytes })
  if (table.isErr) return Result.err(table.error.issues)
  const data = await readTable(table.value)
  opened.table = table.value
  opened.samples = null
  return Result.ok(data)
}

export function openMap(name: string, bytes: Uint8Array): Result<Som, readonly Issue[]> {
  const som = decodeModel(bytes, name)
  if (som.isErr) return Result.err(som.error.issues)
  opened.som = som.value
  opened.samples = null
  return Result.ok(som.value)
}

export async function match(): Promise<Result<Omit<OnMap, 'som'>, readonly Issue[]>> {
  const som = need(opened.som, NO_MAP)
  const samples = await samplesFor(need(opened.table, 'expected a table first, found none; open one'), som)
  if (samples.isErr) return Result.err(samples.error)
  opened.samples = samples.value
  return matched(som, samples.value)
}

export async function cluster(count: number | null): Promise<Result<Clusters, readonly Issue[]>> {
  const som = need(opened.som, NO_MAP)
  const samples = need(await rowsOnMap(som), 'expected the rows of the map, found none; open its table')
  const { backend } = await pageBackend()
  const found = await clusterRows(som, samples, count === null ? {} : { count }, { backend })
  return found.map(({ clusters }) => clusters)
}

/** The places of the rows in a plane: x, y of each. */
export async function place(): Promise<Result<Float32Array, readonly Issue[]>> {
  const som = need(opened.som, NO_MAP)
  const samples = need(await rowsOnMap(som), 'expected the rows of the map, found none; open its table')
  const { backend } = await pageBackend()
  const fitted = som.embedding
    ? Result.ok<Som, readonly Issue[]>(som)
    : await fitEmbedding(som, samples, {}, { backend })
  if (fitted.isErr) return Result.err(fitted.error)
  const placed = await embed(fitted.value, samples, { backend })
  return placed.map(({ place }) => place)
}

export async function measure(): Promise<Result<Measured, readonly Issue[]>> {
  const som = need(opened.som, NO_MAP)
  const samples = need(await rowsOnMap(som), 'expected the rows of the map, found none; open its table')
  const { backend } = await pageBackend()
  const found = await quality(som, samples, {}, { backend })
  return found.map(({ measures, symptoms, units }) => ({ measures, diagnoses: diagnose(som, symptoms), units }))
}

export function exportMap(clusters: Clusters | null): Result<Uint8Array<ArrayBuffer>, readonly Issue[]> {
  const { clusters: _, ...som } = need(opened.som, NO_MAP)
  const parts = encodeModel(clusters === null ? som : { ...som, clusters })
  if (parts.isErr) return Result.err(parts.error.issues)
  const bytes = new Uint8Array(parts.value.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts.value) {
    bytes.set(part, at)
    at += part.length
  }
  return Result.ok(bytes)
}

/** The rows of the open table, if they fit the map. */
export async function rowsOnMap(som: Som): Promise<Samples | null> {
  if (opened.samples === null && opened.table !== null) {
    const samples = await samplesFor(opened.table, som)
    if (samples.isOk) opened.samples = samples.value
  }
  return opened.samples
}

export async function samplesFor(table: Table, som: Som): Promise<Result<Samples, readonly Issue[]>> {
  const selection = selectFeatures(table, som.features)
  if (selection.isErr) return Result.err(selection.error.issues)
  const samples = await readSamples(table, selection.value)
  return samples.mapErr(({ issues }) => issues)
}

export async function matched(som: Som, samples: Samples): Promise<Result<Omit<OnMap, 'som'>, readonly Issue[]>> {
  const { backend } = await pageBackend()
  const found = await matchRows(som, samples, { backend, second: false })
  return found.map(({ unit, distance }) => ({ unit, distance }))
}
