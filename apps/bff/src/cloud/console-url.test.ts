import { expect, test } from 'vitest'
import { consoleOrigin, consoleUrl } from './console-url.ts'

const place = { origin: consoleOrigin, workspace: 'a14bd5d90a1234', namespace: 'a b/支付#?', draftId: 'd&1' }

test('is the namespace’s page where nothing else is configured', () => {
  expect(consoleUrl(null, place)).toBe(
    'https://vvp.console.aliyun.com/web/a14bd5d90a1234/zh/#/workspaces/a14bd5d90a1234/namespaces/a%20b%2F%E6%94%AF%E4%BB%98%23%3F',
  )
})

test('names are encoded, so that none can change the address', () => {
  expect(consoleUrl('https://c.example/{namespace}?d={draftId}', { ...place, namespace: '../{draftId}$&' })).toBe(
    'https://c.example/..%2F%7BdraftId%7D%24%26?d=d%261',
  )
})

test('the origin stands as it is', () => {
  expect(consoleUrl('{origin}/x', place)).toBe('https://vvp.console.aliyun.com/x')
})
