import { CELLS, DECAYS, KERNELS, OPTIONS, PREPROCESSINGS, SHAPES } from '@som/core'
import { computeOn, control, train } from '../state/actions.ts'
import type { Chosen } from '../state/options.ts'
import { chosen, computing, doing, live, run } from '../state/store.ts'
import type { Where } from '../work/worker-api.ts'
import { Curve } from './curve.tsx'
import { Schedules } from './schedules.tsx'

const RULES: readonly Chosen['rule'][] = OPTIONS.rule.of

/** What a map is trained with, and the buttons that do it. */
export function TrainPanel() {
  const { value: choice } = chosen
  if (choice === null) return null
  const change = (changes: Partial<Chosen>): void => {
    chosen.value = { ...choice, ...changes }
  }
  const isTraining = doing.value.kind === 'training'
  const isPaused = doing.value.kind === 'training' && doing.value.isPaused
  return (
    <section class="panel" aria-labelledby="train-heading">
      <h2 id="train-heading">Train</h2>
      <form
        class="fields"
        onSubmit={(event) => {
          event.preventDefault()
          if (!isTraining) train()
        }}
      >
        <Whole label="Rows of units" value={choice.rows} put={(rows) => change({ rows })} placeholder="auto" />
        <Whole label="Columns of units" value={choice.across} put={(across) => change({ across })} placeholder="auto" />
        <Whole
          label="Epochs"
          value={choice.epochs}
          put={(epochs) => change({ epochs: epochs ?? OPTIONS.epochs.default })}
        />
        <Choice label="Cells" of={CELLS} value={choice.cell} put={(cell) => change({ cell })} />
        <details>
          <summary>More options</summary>
          <div class="fields">
            <Choice label="Shape" of={SHAPES} value={choice.shape} put={(shape) => change({ shape })} />
            <Choice label="Kernel" of={KERNELS} value={choice.kernel} put={(kernel) => change({ kernel })} />
            <Choice label="Rule" of={RULES} value={choice.rule} put={(rule) => change({ rule })} />
            <Choice
              label="Scale of features"
              of={PREPROCESSINGS}
              value={choice.preprocessing}
              put={(preprocessing) => change({ preprocessing })}
            />
            <Amount label="First radius" value={choice.radiusStart} put={(radiusStart) => change({ radiusStart })} />
            <Amount label="Last radius" value={choice.radiusEnd} put={(radiusEnd) => change({ radiusEnd })} />
            <Choice
              label="Decay of the radius"
              of={DECAYS}
              value={choice.radiusDecay ?? OPTIONS.radius.of.decay.default}
              put={(radiusDecay) => change({ radiusDecay })}
            />
            {choice.rule !== 'batch' && (
              <>
                <Amount
                  label="First learning rate"
                  value={choice.rateStart}
                  put={(rateStart) => change({ rateStart })}
                />
                <Amount label="Last learning rate" value={choice.rateEnd} put={(rateEnd) => change({ rateEnd })} />
                <Choice
                  label="Decay of the rate"
                  of={DECAYS}
                  value={choice.rateDecay ?? OPTIONS.learningRate.of.decay.default}
                  put={(rateDecay) => change({ rateDecay })}
                />
              </>
            )}
            <Whole label="Seed" value={choice.seed} least={0} put={(seed) => change({ seed: seed ?? 0 })} />
            <Computing />
          </div>
          <Schedules choice={choice} />
        </details>
        <div class="buttons">
          {!isTraining && (
            <button type="submit" class="main" disabled={choice.columns.length === 0 || doing.value.kind !== 'nothing'}>
              Train
            </button>
          )}
          {isTraining && (
            <>
              <button type="button" onClick={() => control(isPaused ? 'go' : 'pause')}>
                {isPaused ? 'Continue' : 'Pause'}
              </button>
              <button type="button" onClick={() => control('step')}>
                One epoch
              </button>
              <button type="button" onClick={() => control('cancel')}>
                Cancel
              </button>
            </>
          )}
        </div>
      </form>
      <Progress />
    </section>
  )
}

const PLACES: Readonly<Record<Where, string>> = { wasm: 'WebAssembly', gpu: 'WebGPU', js: 'JavaScript' }
/** Backends as maps name them. */
const BACKENDS: Readonly<Record<string, string>> = { ...PLACES, js: 'js' }
const isPlace = (name: string): name is Where => name in PLACES

/** Where maps are trained: the same map everywhere, to the bit. */
function Computing() {
  const { where, why } = computing.value
  return (
    <>
      <label class="field">
        Compute by
        <select
          value={where}
          disabled={doing.value.kind !== 'nothing'}
          onChange={({ currentTarget: { value } }) => {
            if (isPlace(value)) computeOn(value)
          }}
        >
          {Object.entries(PLACES).map(([name, said]) => (
            <option key={name} value={name}>
              {said}
            </option>
          ))}
        </select>
      </label>
      {why !== null && (
        <p class="soft across" role="status">
          {PLACES[where]} is not used: {why}
        </p>
      )}
    </>
  )
}

/** The epoch, the error and where it was computed. */
function Progress() {
  const frame = live.value
  const training = frame?.som.training ?? run.value?.som.training
  const history = training?.history ?? []
  if (training === undefined || history.length === 0) return null
  const last = history[history.length - 1]
  const epochs = frame?.epochs ?? training.phases.reduce((sum, phase) => sum + phase.epochs, 0)
  const { backend } = training
  return (
    <div class="progress" role="status">
      <progress max={epochs} value={last.epoch} aria-label="epochs done" />
      <p class="soft">
        epoch {last.epoch} of {epochs}, quantization error {last.quantizationError.toPrecision(4)}, by{' '}
        {BACKENDS[backend] ?? backend}
      </p>
      <Curve history={history} epochs={epochs} />
    </div>
  )
}

interface Field<T> {
  readonly label: string
  readonly value: T
  readonly put: (value: T) => void
}

function Whole({
  label,
  value,
  put,
  least = 1,
  placeholder,
}: Field<number | undefined> & { least?: number; placeholder?: string }) {
  return (
    <label class="field">
      {label}
      <input
        type="number"
        min={least}
        step="1"
        value={value ?? ''}
        placeholder={placeholder}
        onChange={(event) => {
          const number = event.currentTarget.valueAsNumber
          put(Number.isInteger(number) && number >= least ? number : undefined)
        }}
      />
    </label>
  )
}

function Amount({ label, value, put }: Field<number | undefined>) {
  return (
    <label class="field">
      {label}
      <input
        type="number"
        min="0"
        step="any"
        placeholder="auto"
        value={value ?? ''}
        onChange={(event) => {
          const number = event.currentTarget.valueAsNumber
          put(number > 0 ? number : undefined)
        }}
      />
    </label>
  )
}

function Choice<T extends string>({ label, of, value, put }: Field<T> & { readonly of: readonly T[] }) {
  return (
    <label class="field">
      {label}
      <select value={value} onChange={(event) => put(event.currentTarget.value as T)}>
        {of.map((name) => (
          <option key={name}>{name}</option>
        ))}
      </select>
    </label>
  )
}
