import type { NamespaceRef } from '@lockdesk/contract'
import type { Duty, Store } from '../database/store.ts'

/** How often a namespace is asked for that another process sweeps: so soon a dead one is replaced. */
const askEveryMs = 1_000

export interface DutyOptions {
  store: Pick<Store, 'tryDuty'>
  sleep(ms: number, signal: AbortSignal): Promise<void>
  random(): number
  signal: AbortSignal
  /** The store could not be asked: told once until it can. */
  onFault?(error: unknown): void
}

/**
 * Waits until this process is the one that sweeps the namespace, and gives the right back when the work has ended.
 * @throws the signal's reason
 */
export async function onDuty(
  { workspace, namespace }: NamespaceRef,
  { store, sleep, random, signal, onFault }: DutyOptions,
  work: (duty: Duty) => Promise<void>,
): Promise<void> {
  const name = `sweep ${JSON.stringify([workspace, namespace])}`
  let isTold = false
  for (;;) {
    signal.throwIfAborted()
    const duty = await store.tryDuty(name).catch((error: unknown) => {
      if (!isTold) onFault?.(error)
      isTold = true
      return null
    })
    if (duty) {
      try {
        return await work(duty)
      } finally {
        await duty.release().catch(() => {}) // lost with its connection
      }
    }
    await sleep(askEveryMs * (0.5 + random()), signal)
  }
}
