/** Says why bytes are not an Arrow file or stream. The message fits after "found: ". */
export class NotArrow extends Error {
  override readonly name = 'NotArrow'
}
