// must fail: no-restricted-imports, nothing emulated
export { createEmulator } from '@lockdesk/flink-emulator'
// must fail: no-restricted-imports, board stands on
export { anything } from '../live/hub.ts'
// must fail: no-restricted-imports, access is for route files
export { openSession } from '../access/sessions.ts'
// must fail: no-restricted-imports, Only locks/
export { createLockTaker } from '@lockdesk/flink-client'
// must fail: no-restricted-imports, Only locks/
export type { TakingWorkspace } from '../cloud/workspace.ts'
