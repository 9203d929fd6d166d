import { answers } from './en/answers.ts';
import { budgets } from './en/budgets.ts';
import { cards } from './en/cards.ts';
import { clips } from './en/clips.ts';
import { commands } from './en/commands.ts';
import { delivery } from './en/delivery.ts';
import { drafts } from './en/drafts.ts';
import { errors } from './en/errors.ts';
import { findings } from './en/findings.ts';
import { forms } from './en/forms.ts';
import { help } from './en/help.ts';
import { library } from './en/library.ts';
import { media } from './en/media.ts';
import { operations } from './en/operations.ts';
import { operator } from './en/operator.ts';
import { options } from './en/options.ts';
import { people } from './en/people.ts';
import { pick } from './en/pick.ts';
import { pictures } from './en/pictures.ts';
import { privacy } from './en/privacy.ts';
import { queue } from './en/queue.ts';
import { recipe } from './en/recipe.ts';
import { settings } from './en/settings.ts';
import { settingsPanel } from './en/settings-panel.ts';
import { tasks } from './en/tasks.ts';
import { tools } from './en/tools.ts';
import { units } from './en/units.ts';

/** English. Every other catalogue has its type, so none can lack a sentence or a placeholder. */
export const en = {
  findings,
  queue,
  recipe,
  media,
  budgets,
  commands,
  help,
  operations,
  answers,
  cards,
  clips,
  delivery,
  drafts,
  errors,
  forms,
  library,
  operator,
  options,
  people,
  pick,
  pictures,
  privacy,
  settings,
  settingsPanel,
  tasks,
  tools,
  units,
};

/** What a catalogue holds. */
export type Words = typeof en;
