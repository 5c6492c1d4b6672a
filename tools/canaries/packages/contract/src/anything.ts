// must fail: no-restricted-imports, contract imports nobody
export { readFileSync } from 'node:fs'
// must fail: no-restricted-imports, contract imports nobody
export { Hono } from 'hono'
// must fail: no-restricted-imports, contract imports nobody
export { createFlinkClient } from '@lockdesk/flink-client'
