import { CardKeeper } from '../discord/cards/card-keeper.ts';
import { CardMaker } from '../discord/cards/card-maker.ts';
import { CardSender } from '../discord/cards/card-sender.ts';
import { CardViews } from '../discord/cards/card-views.ts';
import type { UploadLimits } from '../discord/delivery/upload-limits.ts';
import type { ToolFiles } from '../discord/tools/tool-files.ts';
import type { ViewDeps } from '../tracker/view.ts';
import type { Basis } from './basis.ts';
import type { DiscordSide } from './discord.ts';

interface CardsOptions {
  readonly discord: DiscordSide;
  readonly tracking: ViewDeps;
  readonly files: ToolFiles;
  readonly limits: UploadLimits;
}

/** Creates all that keeps status cards true. */
export function createCards(
  { store, catalogue, log, owner, leaseMs }: Basis,
  { discord, tracking, files, limits }: CardsOptions,
): CardKeeper {
  const sender = new CardSender(discord.api, log, limits);
  const views = new CardViews(store, catalogue, tracking);
  const maker = new CardMaker(sender, files);
  return new CardKeeper({ store, log, sender, views, maker, owner, leaseMs });
}
