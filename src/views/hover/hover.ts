import type { NodeId } from '../tree/nodes.ts';

/** What is said of a row, or of the status bar item, when the user points at it. Each word of it is shown as text, whoever wrote it. */
export interface Hover {
  readonly title: string;
  /** What kind of thing it is; beside the title. */
  readonly subtitle: string;
  /** What matters first, and then only what is unusual. */
  readonly lines: readonly HoverLine[];
  /** What the row offers; nothing where it offers nothing. */
  readonly links?: readonly HoverLink[];
  /** What one looks up at times: ids, versions, dates. */
  readonly footer: readonly string[];
}

export interface HoverLine {
  /** The id of a product icon. */
  readonly icon: string;
  readonly text: string;
}

/** The commands that a hover may run: VS Code refuses every other one. Each asks and looks up what it is about as when run from a menu. */
export const hoverCommands = [
  'nuki.account.replaceToken',
  'nuki.authorization.copyCode',
  'nuki.authorization.create',
  'nuki.authorization.edit',
  'nuki.authorization.enable',
  'nuki.authorization.disable',
  'nuki.authorization.revealCode',
  'nuki.device.activateRingToOpen',
  'nuki.device.deactivateRingToOpen',
  'nuki.device.lock',
  'nuki.device.open',
  'nuki.device.sync',
  'nuki.device.unlatch',
  'nuki.device.unlock',
  'nuki.devices.refresh',
] as const;

export type HoverCommand = (typeof hoverCommands)[number];

export interface HoverLink {
  readonly title: string;
  readonly command: HoverCommand;
  /** The row that the command is about: its only argument. */
  readonly row: NodeId;
}

/** Parts of a line that are known, beside each other. */
export function beside(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== '').join(' · ');
}

/** A line, where there is something to say. */
export function line(icon: string, text: string | undefined): readonly HoverLine[] {
  return text === undefined || text === '' ? [] : [{ icon, text }];
}
