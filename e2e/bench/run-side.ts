import { fork } from 'node:child_process'
import { join } from 'node:path'
import type { Measured, SideName } from './dimension.ts'

export type Said<What = Measured> = { measured: What } | { isMissing: true } | { error: string }

/** Runs one side in a fresh process, so that no heap and no compiled code is another's. @throws it ended without a word */
export function runSide<What = Measured>(dimension: string, side: SideName | 'together'): Promise<Said<What>> {
  return new Promise((resolve, reject) => {
    const child = fork(join(import.meta.dirname, 'child.ts'), [dimension, side], {
      execArgv: ['--expose-gc', '--disable-warning=ExperimentalWarning'],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    })
    child.once('message', said => resolve(said as Said<What>))
    child.once('error', reject)
    child.once('exit', code => reject(new Error(`${dimension} ${side} ended with ${code} and said nothing`)))
  })
}
