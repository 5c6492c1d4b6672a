// must fail: no-restricted-imports, contract
export { Hono } from 'hono'
