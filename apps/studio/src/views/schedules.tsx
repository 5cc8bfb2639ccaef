import { OPTIONS, type Schedule, valueAt } from '@som/core'
import { type Chosen, schedulesOf } from '../state/options.ts'
import { run, table } from '../state/store.ts'
import { shortNumber } from '../table/table-data.ts'

const [WIDTH, HEIGHT, POINTS] = [100, 36, 60]

/** How radius and learning rate fall over the epochs, as they are set. */
export function Schedules({ choice }: { choice: Chosen }) {
  const { lattice } = run.value?.som ?? {}
  const { radius, learningRate } = schedulesOf(choice, lattice, table.value?.rows ?? 0)
  return (
    <div class="schedules">
      <Falling
        name="radius"
        schedule={radius}
        epochs={choice.epochs}
        isAbout={choice.radiusStart === undefined && choice.rows === undefined}
      />
      {choice.rule !== OPTIONS.rule.default && (
        <Falling name="learning rate" schedule={learningRate} epochs={choice.epochs} isAbout={false} />
      )}
    </div>
  )
}

function Falling({
  name,
  schedule,
  epochs,
  isAbout,
}: {
  name: string
  schedule: Schedule
  epochs: number
  isAbout: boolean
}) {
  const values = Array.from({ length: POINTS + 1 }, (_, i) => valueAt(schedule, i / POINTS))
  const most = Math.max(...values, 1e-9)
  const path = values
    .map(
      (value, i) =>
        `${i === 0 ? 'M' : 'L'}${((WIDTH * i) / POINTS).toFixed(2)} ${(HEIGHT - (HEIGHT - 2) * (value / most)).toFixed(2)}`,
    )
    .join('')
  const words = `${name}: ${isAbout ? 'about ' : ''}${shortNumber(schedule.start)} to ${shortNumber(schedule.end)} over ${epochs} epochs`
  return (
    <figure class="schedule">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" height={HEIGHT} role="img" aria-label={words}>
        <path class="area" d={`${path}L${WIDTH} ${HEIGHT}L0 ${HEIGHT}z`} />
        <path class="line" d={path} />
      </svg>
      <figcaption class="soft">{words}</figcaption>
    </figure>
  )
}
