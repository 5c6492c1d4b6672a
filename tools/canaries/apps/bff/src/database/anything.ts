// must fail: no-restricted-imports, nothing emulated
export { createEmulator } from '@lockdesk/flink-emulator'
// must fail: no-restricted-imports, Only locks/
export { createLockTaker } from '@lockdesk/flink-client'
// must fail: no-restricted-imports, database serves
export { observeLocks } from '../ledger/observe-locks.ts'
// must fail: no-restricted-imports, database serves
export { Problem } from '../http/problem.ts'
