import type { PackedColour } from './packed-colour.ts'

/** Numbers colours 0, 1, 2 … in order of first appearance: a growing hash table with open addressing. */
export class ColourTable {
  private slots: Int32Array = new Int32Array(1 << 12).fill(-1)
  private keys: Uint32Array = new Uint32Array(1 << 11)
  /** The number of colours. */
  size = 0

  /** The number of `colour`, new or not. */
  add(colour: PackedColour): number {
    const slot = this.slotOf(colour)
    const found = this.slots[slot]
    if (found >= 0) return found
    if (this.size === this.keys.length) {
      this.grow()
      return this.add(colour)
    }
    this.slots[slot] = this.size
    this.keys[this.size] = colour
    return this.size++
  }

  /** The colours, by number. */
  colours(): Uint32Array {
    return this.keys.slice(0, this.size)
  }

  private slotOf(colour: PackedColour): number {
    const mask = this.slots.length - 1
    let slot = (Math.imul(colour, 0x9e3779b1) >>> 8) & mask
    while (this.slots[slot] >= 0 && this.keys[this.slots[slot]] !== colour) slot = (slot + 1) & mask
    return slot
  }

  private grow(): void {
    const keys = new Uint32Array(2 * this.keys.length)
    keys.set(this.keys)
    this.keys = keys
    this.slots = new Int32Array(2 * this.slots.length).fill(-1)
    for (let i = 0; i < this.size; i++) this.slots[this.slotOf(keys[i])] = i
  }
}
