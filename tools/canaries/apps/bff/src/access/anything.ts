// must fail: no-restricted-imports, nothing emulated
export { createEmulator } from '@lockdesk/flink-emulator'
// must fail: no-restricted-imports, Only locks/
export { createLockTaker } from '@lockdesk/flink-client'
// must fail: no-restricted-imports, access stands on
export { readBoard } from '../board/read-board.ts'
