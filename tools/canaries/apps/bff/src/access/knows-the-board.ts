// must fail: no-restricted-imports, access stands on database
export { readBoard } from '../board/read-board.ts'
