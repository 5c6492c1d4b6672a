import { expect, test } from 'vitest'
import { environmentOf, withPath } from './environment.mjs'

test('keeps from its children what npm tells itself, but for the way to the registry', () => {
  const env = environmentOf(
    {
      PATH: '/bin',
      LOCKDESK_REGION: 'cn-hangzhou',
      NODE_ENV: 'production',
      INIT_CWD: '/elsewhere',
      npm_config_yes: 'false',
      npm_config_omit: 'dev',
      npm_config_registry: 'https://registry.example',
      npm_config_https_proxy: 'http://proxy.example',
      NPM_CONFIG_CAFILE: '/ca.pem',
    },
    null,
  )
  expect(Object.keys(env).toSorted()).toEqual([
    'DO_NOT_TRACK',
    'LOCKDESK_REGION',
    'NPM_CONFIG_CAFILE',
    'PATH',
    'TURBO_TELEMETRY_DISABLED',
    'npm_config_https_proxy',
    'npm_config_registry',
  ])
})

test('lends a home where there is none', () => {
  expect(environmentOf({ HOME: '/nowhere' }, '/project/.tools/home').HOME).toBe('/project/.tools/home')
})

test('searches the brought tools first, however the search path is spelled', () => {
  expect(withPath({ Path: '/bin' }, ['/node'])).toEqual({ Path: expect.stringMatching(/^\/node[:;]\/bin$/) })
})
