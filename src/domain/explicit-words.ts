/**
 * Words that make lyrics explicit, in the languages that the bot speaks: sex, slurs and swearing that radio edits
 * leave out; none that is an everyday word in another of them, such as the German "dick" (thick). A server's
 * own list of blocked words holds besides, in every channel.
 */
export const EXPLICIT_WORDS: readonly string[] = [
  ...[
    'fuck',
    'fucks',
    'fucked',
    'fucker',
    'fuckers',
    'fucking',
    'motherfucker',
    'motherfuckers',
    'motherfucking',
  ],
  ...['shit', 'shits', 'shitty', 'bullshit', 'bitch', 'bitches', 'cunt', 'cunts', 'asshole', 'assholes'],
  ...['cocksucker', 'pussy', 'pussies', 'tits', 'blowjob', 'blowjobs', 'handjob'],
  ...['whore', 'whores', 'slut', 'sluts', 'porn', 'porno', 'jerk off', 'nigger', 'niggers'],
  ...['nigga', 'niggas', 'faggot', 'faggots', 'fag', 'fags', 'retarded', 'wanker', 'wankers'],
  ...[
    'ficken',
    'fick',
    'fickt',
    'gefickt',
    'ficker',
    'wichser',
    'wichsen',
    'fotze',
    'fotzen',
    'muschi',
    'möse',
  ],
  ...[
    'schwanz lutschen',
    'arschloch',
    'arschlöcher',
    'hure',
    'huren',
    'hurensohn',
    'hurensöhne',
    'nutte',
    'nutten',
  ],
  ...['schlampe', 'schlampen', 'scheiße', 'scheisse', 'verfickt', 'verfickte', 'blasen lassen', 'titten'],
  ...['schwuchtel', 'schwuchteln', 'neger', 'kanake', 'kanaken', 'spast', 'spasti'],
];
