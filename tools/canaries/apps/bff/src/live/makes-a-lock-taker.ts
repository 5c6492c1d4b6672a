// must fail: no-restricted-imports, Only locks/
export { createLockTaker } from '@lockdesk/flink-client'
