// must fail: no-restricted-imports, nothing emulated
export { createEmulator } from '@lockdesk/flink-emulator'
// must fail: no-restricted-imports, Only locks/
export { createLockTaker } from '@lockdesk/flink-client'
// must fail: no-restricted-imports, ledger stands on
export { readBoard } from '../board/read-board.ts'
// must fail: no-restricted-imports, ledger stands on
export { roleIn } from '../access/caller.ts'
