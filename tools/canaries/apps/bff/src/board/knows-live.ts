// must fail: no-restricted-imports, one-way
export { createHub } from '../live/hub.ts'
