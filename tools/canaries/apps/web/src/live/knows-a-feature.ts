// must fail: no-restricted-imports, live stands below
export { Board } from '../features/board/board.tsx'
