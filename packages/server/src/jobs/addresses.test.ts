import { expect, it } from 'vitest'
import { isPublic } from './addresses.ts'

it.each([
  ...['127.0.0.1', '127.255.255.254', '0.0.0.0', '10.1.2.3', '172.16.0.1', '172.31.255.255', '192.168.1.1'],
  ...['169.254.169.254', '100.100.100.200', '192.0.0.192', '198.18.0.1', '224.0.0.1', '255.255.255.255'],
  ...['::1', '::', '::ffff:127.0.0.1', '::ffff:8.8.8.8', '64:ff9b::a9fe:a9fe', 'fe80::1', 'fd00:ec2::254', 'ff02::1'],
  ...['2002:7f00:1::', '2001:0:1::', '2001:db8::1', 'localhost', '', '1.2.3'],
])('%s is not of the internet', (address) => {
  expect(isPublic(address)).toBe(false)
})

it.each(['8.8.8.8', '172.32.0.1', '100.128.0.1', '2606:4700:4700::1111', '2a00:1450::1'])(
  '%s is of the internet',
  (address) => {
    expect(isPublic(address)).toBe(true)
  },
)
