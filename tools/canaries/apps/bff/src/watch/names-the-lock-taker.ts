// must fail: no-restricted-imports, Looking never takes
import type { LockTaker } from '@lockdesk/flink-client'

export type Armed = { taker: LockTaker }
