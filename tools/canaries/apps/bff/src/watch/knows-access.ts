// must fail: no-restricted-imports, access is for route files
export { roleIn } from '../access/caller.ts'
