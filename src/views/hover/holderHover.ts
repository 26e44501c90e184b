import { standstillOf, standingOf } from '../../model/authorizations/standing.ts';
import { accessSummary, authorizationName, standingText, standstillText } from '../text/authorizationText.ts';
import { deviceName } from '../text/deviceText.ts';
import { pendingChangeText } from '../text/pendingChangeText.ts';
import { emailOf, holderName, opensAnything, type Holding } from '../text/peopleText.ts';
import type { RenderContext } from '../text/renderContext.ts';
import { beside, line, type Hover, type HoverLine } from './hover.ts';

/** More doors are counted: a hover is to be taken in at one glance. */
const mostLines = 12;

/** What is said of someone: each door with its times, and how sure that is. */
export function holderHover(holding: Holding, context: RenderContext): Hover {
  const { holder, requested, isComplete } = holding;
  const { t } = context;
  const lines = [
    ...requested.map((each) => requestedLine(each, holding, context)),
    ...holder.held.map((each) => heldLine(each, holding, context)),
  ];
  const isGuess = holder.kind === 'name' && new Set(holder.held.map(({ state }) => state)).size > 1;
  const rest = lines.length - mostLines;
  return {
    title: holderName(holder, context),
    subtitle: holder.kind === 'person' ? t('Account user') : t('Without a Person'),
    lines: [
      ...lines.slice(0, mostLines),
      ...line('ellipsis', rest > 0 ? t('and {0} more', rest) : undefined),
      ...line('info', lines.length === 0 && isComplete ? t('nothing on any door') : undefined),
      ...line('info', isGuess ? t("Grouped by name. Whether it's one person is a guess.") : undefined),
    ],
    footer: [emailOf(holder)].filter((text) => text !== ''),
  };
}

function heldLine(
  { state, authorization }: Holding['holder']['held'][number],
  { holder, others }: Holding,
  context: RenderContext,
): HoverLine {
  const { t } = context;
  const standing = standingOf(authorization, state);
  const uncertain = standingText(authorization, standing, context);
  const standstill = uncertain === undefined ? undefined : standstillOf(state, context);
  const name = authorizationName(authorization, context);
  return {
    icon: uncertain === undefined ? (opensAnything({ authorization }, context) ? 'check' : 'circle-slash') : 'question',
    text: beside(
      deviceName(state.device, others, context),
      name === holderName(holder, context) ? undefined : name,
      uncertain,
      standstill && standstillText(standstill, context),
      accessSummary(authorization, state, context) || t('always'),
    ),
  };
}

function requestedLine(
  { state, creation }: Holding['requested'][number],
  { others }: Holding,
  context: RenderContext,
): HoverLine {
  return {
    icon: creation.givenUp ? 'question' : 'sync~spin',
    text: beside(deviceName(state.device, others, context), pendingChangeText(creation, context)),
  };
}
