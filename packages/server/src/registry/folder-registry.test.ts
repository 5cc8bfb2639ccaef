import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describeRegistry } from '../../test/describe-registry.ts'
import { openData } from '../index.ts'

describeRegistry('a registry in a folder', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'som-folder-'))
  const [one, other] = [openData(folder), openData(folder)]
  return {
    registry: one.registry,
    other: other.registry,
    spoil: async (digest, bytes) => writeFileSync(join(folder, 'models', `${digest}.som`), bytes),
    async close() {
      one.close()
      other.close()
      rmSync(folder, { recursive: true })
    },
  }
})
