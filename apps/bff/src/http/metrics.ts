import type { Attempt } from '@lockdesk/flink-client'
import { Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { Entry } from '../ledger/ledger.ts'

export interface Metrics {
  registry: Registry
  /** What is told outside beside the ledger, where something is. */
  watchSink(sink: { lag(): Promise<number>; failures(): number }): void
  /** An attempt of a call to the cloud ended. */
  countCall(attempt: Attempt): void
  /** A sweep was stored. */
  countSweep(isComplete: boolean): void
  /** Entries were committed; takes are counted by what closed them. */
  countEntries(entries: readonly Entry[]): void
  observeRequest(request: { method: string; route: string; status: number; seconds: number }): void
}

/** Counts for Prometheus. Labels are closed lists: no person, draft or namespace is named. */
export function createMetrics({ openStreams }: { openStreams: () => number }): Metrics {
  const registry = new Registry()
  const registers = [registry]
  const calls = new Counter({
    name: 'lockdesk_cloud_calls_total',
    help: 'Attempts of calls to the cloud',
    labelNames: ['operation', 'purpose', 'outcome'],
    registers,
  })
  const callSeconds = new Histogram({
    name: 'lockdesk_cloud_call_seconds',
    help: 'How long an attempt of a call took',
    labelNames: ['operation'],
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers,
  })
  const sweeps = new Counter({
    name: 'lockdesk_sweeps_total',
    help: 'Readings of a namespace that were stored',
    labelNames: ['complete'],
    registers,
  })
  const entries = new Counter({
    name: 'lockdesk_ledger_entries_total',
    help: 'Entries written to the ledger since the start',
    labelNames: ['kind', 'how'],
    registers,
  })
  const takes = new Counter({
    name: 'lockdesk_takes_total',
    help: 'Takes that were closed by an entry',
    labelNames: ['outcome'],
    registers,
  })
  const requests = new Histogram({
    name: 'lockdesk_http_request_seconds',
    help: 'How long a request took, by route',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers,
  })
  new Gauge({
    name: 'lockdesk_live_streams',
    help: 'Live streams that are open',
    registers,
    collect() {
      this.set(openStreams())
    },
  })
  new Gauge({
    name: 'lockdesk_memory_bytes',
    help: 'Resident memory of the process',
    registers,
    collect() {
      this.set(process.memoryUsage.rss())
    },
  })

  return {
    registry,
    watchSink(sink) {
      new Gauge({
        name: 'lockdesk_sink_lag_entries',
        help: 'Entries that the sink was not told of yet',
        registers,
        async collect() {
          // Where the store does not answer, nothing is said rather than something old.
          this.set(await sink.lag().catch(() => NaN))
        },
      })
      new Counter({
        name: 'lockdesk_sink_failures_total',
        help: 'Batches that this process could not send to the sink',
        registers,
        collect() {
          this.reset()
          this.inc(sink.failures())
        },
      })
    },
    countCall({ operation, purpose, outcome, ms }) {
      calls.inc({ operation, purpose, outcome })
      callSeconds.observe({ operation }, ms / 1000)
    },
    countSweep: isComplete => sweeps.inc({ complete: String(isComplete) }),
    countEntries(written) {
      // One sweep may write very many, and most of them are alike.
      for (const alike of Map.groupBy(written, ({ kind, how, outcome }) => `${kind} ${how} ${outcome}`).values()) {
        const [one] = alike
        if (!one) continue
        const { kind, how, outcome } = one
        entries.inc({ kind, how }, alike.length)
        if (outcome !== null && kind !== 'denied') takes.inc({ outcome }, alike.length)
      }
    },
    observeRequest: ({ method, route, status, seconds }) =>
      requests.observe({ method, route, status: String(status) }, seconds),
  }
}
