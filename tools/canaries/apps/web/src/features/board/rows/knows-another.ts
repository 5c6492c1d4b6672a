// must fail: no-restricted-imports, No feature imports another
export { TakeDialog } from '../../take/take-dialog.tsx'
