import { convertCommands, type ConvertContext } from './convert.ts';
import { copyRequestCommands } from './copyRequest.ts';
import { rawJsonCommands } from './rawJson.ts';
import type { RawJsonContext } from './registerApiHelp.ts';

export type ApiHelpContext = ConvertContext & RawJsonContext;

/** The commands for users who write programs against the Web API. */
export function apiHelpCommands(services: ApiHelpContext) {
  return { ...convertCommands(services), ...copyRequestCommands(services), ...rawJsonCommands(services) };
}
