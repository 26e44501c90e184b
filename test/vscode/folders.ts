import { join } from 'node:path';

export const repository = join(import.meta.dirname, '..', '..');

/** Downloads, server data and results; git ignores it. */
export const cache = join(repository, '.vscode-test');

/** What pages showed when a test failed. */
export const failureFolder = join(cache, 'failures');

export const launcher = join(import.meta.dirname, 'launcher.ts');
