// Outside VS Code, `vscode` means vscodeStandIn.ts, which is as new for each test: mocha loads this before any (.mocharc.json).
import { registerHooks } from 'node:module';
import { startAnew } from './vscodeStandIn.ts';

const standIn = import.meta.resolve('./vscodeStandIn.ts');

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'vscode' ? { url: standIn, shortCircuit: true } : next(specifier, context),
});

export const mochaHooks = { beforeEach: startAnew };
