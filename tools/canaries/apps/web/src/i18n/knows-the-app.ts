// must fail: no-restricted-imports, ui, i18n and api
export { router } from '../app/router.tsx'
