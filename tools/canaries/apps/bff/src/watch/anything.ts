// must fail: no-restricted-imports, nothing emulated
export { createEmulator } from '@lockdesk/flink-emulator'
// must fail: no-restricted-imports, watch stands on
export { decide } from '../locks/decide.ts'
// must fail: no-restricted-imports, access is for route files
export { openSession } from '../access/sessions.ts'
// must fail: no-restricted-imports, Looking never takes
export type { LockTaker } from '@lockdesk/flink-client'
// must fail: no-restricted-imports, Looking never takes
export { createLockTaker } from '@lockdesk/flink-client'
// must fail: no-restricted-imports, Looking never takes
export type { TakingWorkspace } from '../cloud/workspace.ts'
// must fail: no-restricted-imports, Looking never takes
export { takeLock } from '../take-lock.ts'
