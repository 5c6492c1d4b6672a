// must fail: no-restricted-imports, nothing emulated
export { createEmulator } from '@lockdesk/flink-emulator'
// must fail: no-restricted-imports, live stands on
export { anything } from '../watch/watcher.ts'
// must fail: no-restricted-imports, access is for route files
export { openSession } from '../access/sessions.ts'
// must fail: no-restricted-imports, Only locks/
export { createLockTaker } from '@lockdesk/flink-client'
