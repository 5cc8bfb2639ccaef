import { type AnswerKind, answerNames, fromPreprocessed, rowOf, type Som } from '@som/core'
import { yaml } from './yaml.ts'

/** A file in a model's folder. */
export interface ModelFile {
  readonly path: string
  readonly contents: Uint8Array
}

/**
 * The folder of a map under MLflow's ONNX flavour, around the ONNX file that holds it: what `mlflow models serve` and
 * `mlflow.pyfunc.load_model` take. Its signature is the features by name in the user's units, all double, and the
 * `ANSWERS` that the map has. The example is of prototypes, so that no row of the data leaves with the model.
 * https://mlflow.org/docs/latest/ml/model/
 */
export function onnxFlavour(som: Som, onnx: Uint8Array): ModelFile[] {
  const columns = som.features.map(({ name }) => name)
  const example = { columns, data: examplesOf(som) }
  const text = (path: string, contents: string): ModelFile => ({ path, contents: new TextEncoder().encode(contents) })
  return [
    { path: ONNX, contents: onnx },
    text('MLmodel', yaml(descriptionOf(som))),
    text(
      'conda.yaml',
      yaml({
        name: 'mlflow-env',
        channels: ['conda-forge'],
        dependencies: [`python=${PYTHON}`, 'pip', { pip: REQUIREMENTS }],
      }),
    ),
    text(
      'python_env.yaml',
      yaml({ python: PYTHON, build_dependencies: ['pip'], dependencies: ['-r requirements.txt'] }),
    ),
    text('requirements.txt', `${REQUIREMENTS.join('\n')}\n`),
    text('input_example.json', JSON.stringify(example)),
    text('serving_input_example.json', JSON.stringify({ dataframe_split: example })),
  ]
}

const ONNX = 'model.onnx'
/** The requirements of a server that creates its own environment. Any runtime since 2022 can read the file itself. */
const PYTHON = '3.11'
const REQUIREMENTS = ['mlflow>=2.9', 'onnx>=1.14', 'onnxruntime>=1.16', 'pandas>=2']
const MOST_EXAMPLES = 3
const TYPES = { integer: 'long', number: 'double', text: 'string' } as const satisfies Record<AnswerKind, string>

function descriptionOf(som: Som) {
  const inputs = som.features.map(({ name }) => ({ type: 'double', name, required: true }))
  const outputs = answerNames(som).map(({ name, kind }) => ({ type: TYPES[kind], name }))
  return {
    flavors: {
      onnx: { data: ONNX, onnx_version: '1.14.0', providers: ['CPUExecutionProvider'] },
      python_function: {
        data: ONNX,
        env: { conda: 'conda.yaml', virtualenv: 'python_env.yaml' },
        loader_module: 'mlflow.onnx',
        python_version: PYTHON,
      },
    },
    metadata: { som_version: som.training.version, som_digest: som.training.digest },
    saved_input_example_info: {
      artifact_path: 'input_example.json',
      serving_input_path: 'serving_input_example.json',
      type: 'dataframe',
      pandas_orient: 'split',
    },
    // MLflow stores each part as JSON in a string.
    signature: {
      inputs: JSON.stringify(inputs),
      outputs: JSON.stringify(outputs.map((each) => ({ ...each, required: true }))),
    },
  }
}

/** Prototypes, evenly spaced from first to last, in the user's units. */
function examplesOf({ codebook, features }: Som): number[][] {
  const count = Math.min(MOST_EXAMPLES, codebook.rows)
  return Array.from({ length: count }, (_, i) => {
    const prototype = rowOf(codebook, Math.floor((i * (codebook.rows - 1)) / Math.max(1, count - 1)))
    return features.map(({ preprocessing }, f) => fromPreprocessed(preprocessing, prototype[f]))
  })
}
