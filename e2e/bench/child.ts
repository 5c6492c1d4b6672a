import { dimensions } from './dimensions.ts'
import type { SideName } from './dimension.ts'

/** One side of one dimension, in a process of its own; what it came to is told to whoever started it. */
const [name = '', side = ''] = process.argv.slice(2)
try {
  const { dimension } = (await dimensions[name]?.()) ?? {}
  const measure = side === 'together' ? dimension?.together : dimension?.sides[side as SideName]
  if (!measure) throw new Error(`${name} has no side ${side}`)
  tell({ measured: await measure() })
} catch (error) {
  const { code, message } = error as { code?: string; message: string }
  if (code === 'ERR_MODULE_NOT_FOUND' && side === 'peer') tell({ isMissing: true })
  else tell({ error: error instanceof Error ? (error.stack ?? message) : String(error) })
}

function tell(said: object): void {
  process.send?.(said, () => process.exit(0))
}
