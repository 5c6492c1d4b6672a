// must fail: no-restricted-imports, ledger stands on database alone
export { readBoard } from '../board/read-board.ts'
