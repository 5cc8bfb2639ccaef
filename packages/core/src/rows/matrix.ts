/**
 * Rows of f32 numbers, row by row: row `i` is `data[i * columns] … data[(i + 1) * columns - 1]`. NaN is a missing
 * value.
 */
export interface Matrix {
  readonly rows: number
  readonly columns: number
  readonly data: Float32Array
}

/**
 * Mostly zero rows of f32 numbers, in compressed sparse row form. Row `i` has
 * `values[offsets[i]] … values[offsets[i + 1] - 1]` at the ascending columns `indices[…]`; the rest of the row is 0.
 */
export interface SparseMatrix {
  readonly rows: number
  readonly columns: number
  /** rows + 1 ascending positions, the first 0, the last the number of stored values. */
  readonly offsets: Uint32Array
  readonly indices: Uint32Array
  readonly values: Float32Array
}

/** A matrix of zeros, or around `data` (not copied), whose length must be rows × columns. */
export function matrix(rows: number, columns: number, data: Float32Array = new Float32Array(rows * columns)): Matrix {
  if (data.length !== rows * columns) {
    throw new RangeError(`data: expected ${rows} x ${columns} = ${rows * columns} numbers, found ${data.length}`)
  }
  return { rows, columns, data }
}

/** Row `i` as a view: no copy. */
export function rowOf(m: Matrix, i: number): Float32Array {
  return m.data.subarray(i * m.columns, (i + 1) * m.columns)
}

/** Rows `from` up to, not including, `to` as a view: no copy. */
export function rowsOf(m: Matrix, from: number, to: number): Matrix {
  return { rows: to - from, columns: m.columns, data: m.data.subarray(from * m.columns, to * m.columns) }
}

/** Whether rows of any kind are sparse ones. */
export function isSparse(m: object): m is SparseMatrix {
  return 'offsets' in m
}

/** The same numbers in dense form. */
export function toDense(m: SparseMatrix): Matrix {
  const dense = matrix(m.rows, m.columns)
  for (let i = 0; i < m.rows; i++) {
    for (let p = m.offsets[i]; p < m.offsets[i + 1]; p++) dense.data[i * m.columns + m.indices[p]] = m.values[p]
  }
  return dense
}

/** The same numbers without the zeros. */
export function toSparse(m: Matrix): SparseMatrix {
  const offsets = new Uint32Array(m.rows + 1)
  const indices: number[] = []
  const values: number[] = []
  for (let i = 0; i < m.rows; i++) {
    for (let f = 0; f < m.columns; f++) {
      const value = m.data[i * m.columns + f]
      if (value !== 0) {
        indices.push(f)
        values.push(value)
      }
    }
    offsets[i + 1] = values.length
  }
  return {
    rows: m.rows,
    columns: m.columns,
    offsets,
    indices: Uint32Array.from(indices),
    values: Float32Array.from(values),
  }
}

/** Rows in the order given, copied. */
export function chooseRows<M extends Matrix | SparseMatrix>(m: M, chosen: Uint32Array): M
export function chooseRows(m: Matrix | SparseMatrix, chosen: Uint32Array): Matrix | SparseMatrix {
  return isSparse(m) ? chooseSparseRows(m, chosen) : chooseDenseRows(m, chosen)
}

function chooseDenseRows(m: Matrix, chosen: Uint32Array): Matrix {
  const rows = matrix(chosen.length, m.columns)
  chosen.forEach((i, at) => {
    rows.data.set(rowOf(m, i), at * m.columns)
  })
  return rows
}

function chooseSparseRows(m: SparseMatrix, chosen: Uint32Array): SparseMatrix {
  const offsets = new Uint32Array(chosen.length + 1)
  chosen.forEach((i, at) => {
    offsets[at + 1] = offsets[at] + m.offsets[i + 1] - m.offsets[i]
  })
  const indices = new Uint32Array(offsets[chosen.length])
  const values = new Float32Array(offsets[chosen.length])
  chosen.forEach((i, at) => {
    indices.set(m.indices.subarray(m.offsets[i], m.offsets[i + 1]), offsets[at])
    values.set(m.values.subarray(m.offsets[i], m.offsets[i + 1]), offsets[at])
  })
  return { rows: chosen.length, columns: m.columns, offsets, indices, values }
}
