import { PICTURES } from '@som/plot'
import * as v from 'valibot'

/** What an agent can ask for: a command of `som` with some of its options. */
export interface Tool {
  readonly title: string
  readonly description: string
  readonly command: string
  /** Arguments of the command in order; `map` and `table` are files to read. */
  readonly operands: readonly string[]
  /** What the command writes. `rows` and `picture` come back in the answer, and are kept if an output is named. */
  readonly output?: 'file' | 'rows' | 'picture'
  /** Arguments of the tool: operands, and flags of the command under their names. */
  readonly takes: v.ObjectEntries
}

const MOST_NAMES = 1000
const MOST_CHARACTERS = 1000

const text = (is: string) => v.pipe(v.string(), v.minLength(1), v.maxLength(MOST_CHARACTERS), v.description(is))
const count = (is: string, least = 1) => v.pipe(v.number(), v.safeInteger(), v.minValue(least), v.description(is))
const names = (is: string) =>
  v.pipe(
    v.array(v.pipe(v.string(), v.minLength(1), v.maxLength(MOST_CHARACTERS))),
    v.minLength(1),
    v.maxLength(MOST_NAMES),
    v.description(is),
  )
const may = v.optional

const TABLE = text(
  'a table in the folder: CSV, Parquet, Arrow, JSON, NDJSON, Excel, SQLite (file.sqlite#name) or NumPy',
)
const MAP = text('a map in the folder: a .som file')
const OUT = { overwrite: may(v.pipe(v.boolean(), v.description('whether the file may replace another one'))) }
const ROWS = {
  output: may(text('a .csv, .parquet or .ndjson file for all rows; without it only the first rows come back')),
  ...OUT,
}
const LABEL = may(text("the column with each row's class"))
const CHOICE = {
  columns: may(names('features: columns by name; patterns such as sensor_* and type:number too')),
  exclude: may(names('columns to leave out')),
  categories: may(names('columns to read as categories: one feature per level')),
}

/** Every tool but `list_files`, which needs no command. */
export const TOOLS: Readonly<Record<string, Tool>> = {
  look_at_table: {
    title: 'Look at a table',
    description:
      'Columns of a table with their kinds, missing values, ranges or levels, and which of them train_map would use.',
    command: 'inspect',
    operands: ['table'],
    takes: { table: TABLE },
  },
  train_map: {
    title: 'Train a map',
    description:
      'Trains a self-organising map from the numeric columns of a table and writes it to a .som file. Answers with its size, errors and what may be wrong with it. With target, the map also predicts those columns (predict_rows).',
    command: 'train',
    operands: ['table'],
    output: 'file',
    takes: {
      table: TABLE,
      output: text('the .som file to write'),
      ...OUT,
      ...CHOICE,
      target: may(names('columns to predict from the features')),
      label: LABEL,
      id: may(text('the column that names each row; not a feature')),
      weight: may(text("the column with each row's weight")),
      size: may(text('units of the map as rows x columns, such as 20x30; by default the data decide')),
      epochs: may(count('passes over the rows; 20 by default')),
      lattice: may(v.picklist(['rectangular', 'hexagonal'])),
      shape: may(v.picklist(['sheet', 'cylinder', 'toroid'])),
      preprocessing: may(names('how values are scaled: one method for all, or column=method for one')),
      seed: may(count('seed of all random numbers; 0 by default', 0)),
    },
  },
  inspect_map: {
    title: 'Look at a map',
    description: 'What a map file contains: its lattice, features, training, hits, clusters, and what it predicts.',
    command: 'inspect',
    operands: ['map'],
    takes: { map: MAP },
  },
  measure_map: {
    title: 'Measure a map',
    description:
      'Quality measures of a map on rows: quantization and topographic errors and others, each with its convention.',
    command: 'quality',
    operands: ['map', 'table'],
    takes: { map: MAP, table: TABLE, label: LABEL },
  },
  find_clusters: {
    title: 'Find clusters',
    description: 'Finds groups of rows (or of units, without a table) and writes a map that has them as its clusters.',
    command: 'cluster',
    operands: ['map', 'table'],
    output: 'file',
    takes: {
      map: MAP,
      table: may(TABLE),
      output: text('the .som file to write; with overwrite it may be the map itself'),
      ...OUT,
      count: may(count('how many clusters; by default the data decide')),
      names: may(names('names of the clusters in the order of their numbers')),
    },
  },
  describe_segments: {
    title: 'Describe segments',
    description:
      'Finds groups of rows in a table, tests how stable they are, and describes each by the features in which it differs. Writes a map with them.',
    command: 'segment',
    operands: ['table'],
    output: 'file',
    takes: {
      table: TABLE,
      output: text('the .som file to write'),
      ...OUT,
      ...CHOICE,
      id: may(text('the column that names each row')),
      segments: may(count('how many segments; by default the data decide')),
    },
  },
  match_rows: {
    title: 'Match rows',
    description:
      'Best-matching unit of each row, its distance, how unusual the row is (p_value) and its cluster, if any.',
    command: 'match',
    operands: ['map', 'table'],
    output: 'rows',
    takes: { map: MAP, table: TABLE, ...ROWS },
  },
  predict_rows: {
    title: 'Predict rows',
    description:
      'Predictions of a map that was trained with target: classes with probabilities, numbers with intervals.',
    command: 'predict',
    operands: ['map', 'table'],
    output: 'rows',
    takes: { map: MAP, table: TABLE, ...ROWS },
  },
  impute_rows: {
    title: 'Fill in missing values',
    description: 'The rows with each missing value filled in by what rows like them have on the map.',
    command: 'impute',
    operands: ['map', 'table'],
    output: 'rows',
    takes: { map: MAP, table: TABLE, ...ROWS, mark: may(text('a column that names the filled cells of each row')) },
  },
  place_rows: {
    title: 'Place rows on a plane',
    description: 'A place in the plane (plane_x, plane_y) for each row, in which rows that are alike are near.',
    command: 'embed',
    operands: ['map', 'table'],
    output: 'rows',
    takes: { map: MAP, table: TABLE, ...ROWS },
  },
  draw_map: {
    title: 'Draw a map',
    description: 'A picture of a map, as a PNG. Some kinds need a table: see kind.',
    command: 'plot',
    operands: ['kind', 'map', 'table'],
    output: 'picture',
    takes: {
      kind: v.pipe(v.picklist(Object.keys(PICTURES)), v.description(kinds())),
      map: MAP,
      table: may(TABLE),
      feature: may(text('the feature that a component-plane shows')),
      target: may(text('the target that predictions show')),
      label: LABEL,
      title: may(text('the title above the picture')),
      output: may(text('a .png or .svg file, to keep the picture')),
      ...OUT,
    },
  },
  write_report: {
    title: 'Write a report',
    description: 'One offline HTML page to explore a map and its rows.',
    command: 'report',
    operands: ['map', 'table'],
    output: 'file',
    takes: { map: MAP, table: TABLE, label: LABEL, output: text('the .html file to write'), ...OUT },
  },
}

function kinds(): string {
  const needing = Object.entries(PICTURES).flatMap(([name, { of }]) => (of === 'rows' ? [name] : []))
  return `what to draw; ${needing.join(', ')} need a table`
}
