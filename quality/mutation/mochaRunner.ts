// Stryker's own runner for mocha. It asks for files of mocha by names without an extension, and mocha 12 has no such files:
// https://github.com/stryker-mutator/stryker-js/pull/6205
import { registerHooks } from 'node:module';

registerHooks({
  resolve: (specifier, context, next) =>
    next(/\/mocha\/lib\/cli\/[\w-]+$/.test(specifier) ? `${specifier}.cjs` : specifier, context),
});

export const { strykerPlugins, strykerValidationSchema } = await import('@stryker-mutator/mocha-runner');
