/** A request that is made to take a server long. */
export interface HostileRequest {
  readonly name: string
  readonly path: string
  readonly method: 'GET' | 'POST'
  readonly type: string
  readonly body: () => Buffer
}

const MEBIBYTE = 2 ** 20
/** The largest body that a server takes unless told otherwise, with room for what surrounds it. */
const BODY = 16 * MEBIBYTE - 1024
/** Rows of a report: the most that it shows. */
const REPORT_ROWS = 10_000

/** Each of the requests that stalled a server once, and some of their kind, for a map with these columns. */
export function hostileRequests(columns: readonly string[], rows: Float32Array): HostileRequest[] {
  const csv = (name: string, body: () => string): HostileRequest => post(name, '/v1/match', 'text/csv', body)
  const json = (name: string, path: string, body: () => string): HostileRequest =>
    post(name, path, 'application/json', body)
  const header = `${columns.join(',')}\n`
  const table = (count: number): string => {
    const width = columns.length
    const lines = Array.from({ length: count }, (_, i) => rows.subarray(i * width, (i + 1) * width).join(','))
    return header + lines.join('\n')
  }
  return [
    csv('CSV of commas and line ends, 16 MiB', () => header + repeated(',\n')),
    csv('CSV of quotes, 16 MiB', () => header + repeated('"')),
    csv('CSV of line ends, 16 MiB', () => header + repeated('\n')),
    json('records without fields, 16 MiB', '/v1/match', () => `{"dataframe_records": [${repeated('{},')}{}]}`),
    json('rows without values, 16 MiB', '/v1/match', () => `{"instances": [${repeated('[],')}[]]}`),
    json('brackets, 16 MiB', '/v1/match', () => repeated('[')),
    json('a shape of texts, 16 MiB', '/v2/models/som/infer', () => shaped(`${repeated('"",')}""`)),
    json('a job with columns of numbers, 2 MiB', '/v1/jobs', () => {
      const numbers = '1,'.repeat(MEBIBYTE - 200)
      return `{"map": "x", "table": {"path": "rows.csv"}, "choice": {"columns": [${numbers}1]}}`
    }),
    post(`a report of ${REPORT_ROWS.toLocaleString('en')} rows`, '/v1/report.html', 'text/csv', () =>
      table(REPORT_ROWS),
    ),
    model('a model of empty tensors, 96 MiB', () => {
      const entries = Array.from(
        { length: 1_500_000 },
        (_, i) => `"${i}":{"dtype":"F32","shape":[0],"data_offsets":[0,0]}`,
      )
      return Buffer.from(`{${entries.join(',')}}`)
    }),
    model('a model with brackets in its header, 94 MiB', () => Buffer.alloc(94 * MEBIBYTE, '[')),
    {
      name: 'a picture of the U-matrix',
      path: '/v1/plots/u-matrix.svg',
      method: 'GET',
      type: '',
      body: () => Buffer.alloc(0),
    },
    {
      name: 'a picture of the U-matrix as PNG',
      path: '/v1/plots/u-matrix.png',
      method: 'GET',
      type: '',
      body: () => Buffer.alloc(0),
    },
  ]
}

const post = (name: string, path: string, type: string, body: () => string): HostileRequest => ({
  ...{ name, path, method: 'POST', type },
  body: () => Buffer.from(body()),
})

const repeated = (text: string): string => text.repeat(Math.floor((BODY - 1024) / text.length))

const shaped = (shape: string): string =>
  `{"inputs": [{"name": "samples", "shape": [${shape}], "datatype": "FP64", "data": [1]}]}`

/** A model file with this header, and as many bytes of numbers: a longer header is refused by its length. */
const model = (name: string, header: () => Buffer): HostileRequest => ({
  ...{ name, path: '/v1/maps/hostile/versions', method: 'POST', type: 'application/octet-stream' },
  body: () => {
    const json = header()
    const length = Buffer.alloc(8)
    length.writeBigUInt64LE(BigInt(json.length))
    return Buffer.concat([length, json, Buffer.alloc(json.length)])
  },
})
