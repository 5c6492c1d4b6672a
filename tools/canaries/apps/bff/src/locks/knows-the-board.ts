// must fail: no-restricted-imports, one-way
export { readBoard } from '../board/read-board.ts'
