import type { Reply } from './exchange.ts'
import type { Fault, Strike } from './faults.ts'
import { mishaps, type Target } from './mishaps.ts'

/** Answers one call as the faults that strike it have it. */
export async function answerUnder(strike: Strike, target: Target): Promise<Reply> {
  const early = strike.latencies.filter(fault => fault.late === 'request')
  const late = strike.latencies.filter(fault => fault.late !== 'request')
  if (!(await pause(total(early), strike.deleted, target.request.gone))) return 'cut'
  const { fault } = strike
  const reply = fault === undefined ? target.act() : mishaps[fault.kind](fault, target)
  const delay = total(late) + (fault === undefined || throttles(fault) ? 0 : (fault.ms ?? 0))
  if (reply !== 'hang') return (await pause(delay, strike.deleted, target.request.gone)) ? reply : 'cut'
  await pause(Number.POSITIVE_INFINITY, strike.deleted, target.request.gone)
  return 'cut'
}

/** Its `ms` is what the caller is told to wait, not a delay. */
const throttles = (fault: Fault) => fault.kind === 'throttle' || fault.layer === 'gateway'

/** Latency without a number is a second. */
const total = (latencies: readonly Fault[]) => latencies.reduce((sum, fault) => sum + (fault.ms ?? 1000), 0)

/** Waits, at most until the faults are deleted. False: the client has gone meanwhile. */
async function pause(ms: number, deleted: AbortSignal, gone: AbortSignal): Promise<boolean> {
  if (ms > 0 && !deleted.aborted && !gone.aborted) {
    await new Promise<void>(resolve => {
      const timer = Number.isFinite(ms) ? setTimeout(finish, ms) : undefined
      const signals = [deleted, gone]
      for (const signal of signals) signal.addEventListener('abort', finish)
      function finish() {
        clearTimeout(timer)
        for (const signal of signals) signal.removeEventListener('abort', finish)
        resolve()
      }
    })
  }
  return !gone.aborted
}
