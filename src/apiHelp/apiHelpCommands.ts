import type { Services } from '../commands/services.ts';
import { checkSignatureCommands } from './checkSignature.ts';
import { convertCommands } from './convert.ts';
import { copyRequestCommands } from './copyRequest.ts';
import { rawJsonCommands } from './rawJson.ts';

/** The commands for users who write programs against the Web API. */
export function apiHelpCommands(services: Services) {
  return {
    ...checkSignatureCommands(services),
    ...convertCommands(services),
    ...copyRequestCommands(services),
    ...rawJsonCommands(services),
  };
}
