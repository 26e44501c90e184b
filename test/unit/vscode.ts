// Outside VS Code, `vscode` means vscodeStandIn.ts: mocha loads this before any test (.mocharc.json).
import { registerHooks } from 'node:module';

const standIn = import.meta.resolve('./vscodeStandIn.ts');

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'vscode' ? { url: standIn, shortCircuit: true } : next(specifier, context),
});
