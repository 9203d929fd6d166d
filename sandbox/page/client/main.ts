import '@skyra/discord-components-core';
import './composer.ts';
import './apps-menu.ts';
import './controls.ts';
import './app-shell.ts';
import { botAvatarUrl } from './avatars.ts';
import { dressComponents } from './skin.ts';
import { installTheme } from './theme.ts';

installTheme();
// An element takes the styles of its class when it is made: the first one is made after this.
dressComponents();
document.querySelector('link[rel=icon]')?.setAttribute('href', botAvatarUrl());
document.body.append(document.createElement('encore-app'));
