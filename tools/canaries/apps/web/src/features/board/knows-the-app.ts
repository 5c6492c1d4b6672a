// must fail: no-restricted-imports, No feature imports another
export { router } from '../../app/router.tsx'
