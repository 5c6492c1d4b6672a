// must fail: no-restricted-imports, access is for route files
export { openSession } from '../access/sessions.ts'
