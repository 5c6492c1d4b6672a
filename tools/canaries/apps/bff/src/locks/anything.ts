// must fail: no-restricted-imports, nothing emulated
export { createEmulator } from '@lockdesk/flink-emulator'
// must fail: no-restricted-imports, locks stands on
export { anything } from '../board/read-board.ts'
// must fail: no-restricted-imports, access is for route files
export { openSession } from '../access/sessions.ts'
