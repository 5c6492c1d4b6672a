// must fail: no-restricted-imports, types of the server
export { compose } from '@lockdesk/bff/compose'
