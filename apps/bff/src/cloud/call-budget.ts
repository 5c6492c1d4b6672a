import type { Attempt, CallOptions, Operation } from '@lockdesk/flink-client'

/** What one credential may send: one bucket for everything. People first (they may overdraw it), sweeps last, but never below a quarter. */
export interface CallBudget {
  /** Waits until the call may be sent. @throws the signal's reason when aborted */
  admit(operation: Operation, options: CallOptions): Promise<void>
  /** Learns from how an attempt ended: throttling halves the rate, a clean minute gives a tenth back. */
  observe(attempt: Attempt): void
  state(): { perMinute: number; left: number; throttledUntil: number | null }
}
