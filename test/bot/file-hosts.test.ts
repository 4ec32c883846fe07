import { describe, expect, it } from '@jest/globals';
import { isFileHost } from '../../src/bot/file-hosts.js';
import type { BotIdentity } from '../../src/config/settings.js';

const REGISTERED: BotIdentity = {
  ...{ kind: 'registered', botId: 'bot', tenantId: 'tenant', type: 'UserAssignedMSI' },
  password: undefined,
};

describe('A host of files in Teams', () => {
  it.each([
    'https://harbor.sharepoint.com/sites/hr/_layouts/15/download.aspx?tempauth=x',
    'https://harbor-my.sharepoint.com/personal/alex/hr.csv',
    'https://harbor.sharepoint.us/hr.csv',
    'https://harbor.sharepoint-mil.us/hr.csv',
    'https://harbor.sharepoint.cn/hr.csv',
  ])('is that of %s', (url) => {
    expect(isFileHost(url, REGISTERED)).toBe(true);
  });

  it.each([
    'http://127.0.0.1:8080/hr.csv',
    'https://localhost/hr.csv',
    'https://[::1]/hr.csv',
    'https://harbor.sharepoint.com./hr.csv',
    'https://harbor.sharepoint.com@evil.example/hr.csv',
    'https://evil.example/?harbor.sharepoint.com',
    'https://harborsharepoint.com/hr.csv',
    // Names like those of clouds, which belong to whoever buys them.
    'https://harbor.sharepoint-mil.com/hr.csv',
    'https://harbor.sharepoint-df.cn/hr.csv',
    'https://harbor.sharepoint-mil.cn/hr.csv',
    'https://harbor.sharepoint-df.us/hr.csv',
    'https://harbor.sharepoint.com.evil.example/hr.csv',
    'https://harbor.sharepoint.com:444/hr.csv',
    'ftp://harbor.sharepoint.com/hr.csv',
  ])('is not that of %s', (url) => {
    expect(isFileHost(url, REGISTERED)).toBe(false);
  });

  it('is this machine in the try-out alone, and there by http', () => {
    expect(isFileHost('http://127.0.0.1:8080/hr.csv', { kind: 'tryOut' })).toBe(true);
    expect(isFileHost('ftp://127.0.0.1/hr.csv', { kind: 'tryOut' })).toBe(false);
    expect(isFileHost('http://10.0.0.1/hr.csv', { kind: 'tryOut' })).toBe(false);
  });
});
