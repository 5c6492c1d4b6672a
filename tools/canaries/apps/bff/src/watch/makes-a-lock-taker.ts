// must fail: no-restricted-imports, Looking never takes
export { createLockTaker } from '@lockdesk/flink-client'
