import { expect, test } from 'vitest'
import { modeOf } from './mode.mjs'

test.each(['LOCKDESK_WORKSPACE', 'LOCKDESK_REGION', 'LOCKDESK_ENDPOINT', 'LOCKDESK_CONFIG'])(
  'is live, with nothing emulated, where %s is set',
  setting => {
    const mode = modeOf({ [setting]: 'something' })
    expect(mode).toMatchObject({ name: 'live', emulatorPort: null })
    expect(mode.serverArgs).toEqual(['--data-folder', mode.dataFolder])
  },
)

test('is the demo where nothing is set, or set to nothing, or a key of the cloud alone', () => {
  expect(modeOf({}).name).toBe('demo')
  expect(modeOf({ LOCKDESK_WORKSPACE: '' }).name).toBe('demo')
  expect(modeOf({ ALIBABA_CLOUD_ACCESS_KEY_ID: 'LTAI' }).name).toBe('demo')
})

test('keeps the data of the demo and of the real cloud apart', () => {
  expect(modeOf({}).dataFolder).not.toBe(modeOf({ LOCKDESK_REGION: 'cn-hangzhou' }).dataFolder)
})

test('tells the server where the emulated cloud listens', () => {
  expect(modeOf({}).serverArgs.slice(0, 2)).toEqual(['--demo-cloud', 'http://127.0.0.1:4181'])
  expect(modeOf({ LOCKDESK_EMULATOR_PORT: '5001' })).toMatchObject({ emulatorPort: 5001 })
})

test.each(['0', '65536', '-1', '4181x', '4181.5', ' '])(
  'starts no emulated cloud on the port "%s": the server says what is wrong with it',
  port => {
    expect(modeOf({ LOCKDESK_EMULATOR_PORT: port })).toMatchObject({ name: 'demo', emulatorPort: null })
  },
)
