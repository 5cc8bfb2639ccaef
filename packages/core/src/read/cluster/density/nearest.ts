/** The nearest of the points seen whose weights reach a sum. */
export class Nearest {
  /** Points at this squared distance or more do not count any more. */
  bound: number = Number.POSITIVE_INFINITY
  private readonly squares: Float64Array
  private readonly weights: Float64Array
  private size = 0
  private room = ROOM
  private wanted = 0

  constructor(points: number) {
    this.squares = new Float64Array(points)
    this.weights = new Float64Array(points)
  }

  /** `bound` is above the distance that will be found. */
  start(own: number, samples: number, bound: number): void {
    this.wanted = samples - own
    this.bound = this.wanted <= 0 ? 0 : bound
    this.size = 0
    this.room = ROOM
  }

  see(squared: number, weight: number): void {
    if (!(squared < this.bound)) return
    this.squares[this.size] = squared
    this.weights[this.size++] = weight
    if (this.size < this.room) return
    this.shrink()
    this.room = Math.max(ROOM, 2 * this.size)
  }

  /** The distance within which the sum is reached; that of the farthest point if it is not. */
  squared(): number {
    if (this.wanted <= 0) return 0
    if (this.shrink()) return this.bound
    return this.squares.subarray(0, this.size).reduce((most, x) => Math.max(most, x), 0)
  }

  /**
   * Finds the distance at which the weights reach the sum, and lets farther points go: C. A. R. Hoare's selection
   * (1961), with weights. False if they do not reach it.
   */
  private shrink(): boolean {
    const { squares } = this
    let [from, to, wanted] = [0, this.size, this.wanted]
    while (from < to) {
      const pivot = squares[(from + to) >> 1]
      let [below, at, above] = [from, from, to]
      let [nearer, same] = [0, 0]
      while (at < above) {
        if (squares[at] < pivot) {
          nearer += this.weights[at]
          this.swap(at++, below++)
        } else if (squares[at] > pivot) this.swap(at, --above)
        else same += this.weights[at++]
      }
      if (nearer >= wanted && below > from) to = below
      else if (nearer + same >= wanted) {
        this.bound = pivot
        this.size = above
        return true
      } else {
        wanted -= nearer + same
        from = above
      }
    }
    return false
  }

  private swap(a: number, b: number): void {
    const { squares, weights } = this
    const [squared, weight] = [squares[a], weights[a]]
    squares[a] = squares[b]
    weights[a] = weights[b]
    squares[b] = squared
    weights[b] = weight
  }
}

/** Points kept before the farthest are dropped. */
const ROOM = 512
