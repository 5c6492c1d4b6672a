// must fail: no-restricted-imports, ui, i18n and api
export { Board } from '../features/board/board.tsx'
