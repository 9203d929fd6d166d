import { answers } from './de/answers.ts';
import { budgets } from './de/budgets.ts';
import { cards } from './de/cards.ts';
import { clips } from './de/clips.ts';
import { commands } from './de/commands.ts';
import { delivery } from './de/delivery.ts';
import { drafts } from './de/drafts.ts';
import { errors } from './de/errors.ts';
import { findings } from './de/findings.ts';
import { forms } from './de/forms.ts';
import { help } from './de/help.ts';
import { library } from './de/library.ts';
import { media } from './de/media.ts';
import { operations } from './de/operations.ts';
import { operator } from './de/operator.ts';
import { options } from './de/options.ts';
import { people } from './de/people.ts';
import { pick } from './de/pick.ts';
import { pictures } from './de/pictures.ts';
import { privacy } from './de/privacy.ts';
import { queue } from './de/queue.ts';
import { recipe } from './de/recipe.ts';
import { settings } from './de/settings.ts';
import { settingsPanel } from './de/settings-panel.ts';
import { tasks } from './de/tasks.ts';
import { tools } from './de/tools.ts';
import { units } from './de/units.ts';
import type { Words } from './en.ts';

/** German. */
export const de: Words = {
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
