// must fail: no-restricted-imports, ui, i18n and api
export { useLive } from '../live/provider.tsx'
