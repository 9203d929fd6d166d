import '@skyra/discord-components-core';
import './app-shell.ts';
