const setOf = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/));

/** Words that stand before "type beat" without naming anybody. */
const GENERIC_WORDS =
  setOf(`a an the my some any this that one new old free hard soft slow fast dark sad happy chill angry deep light
  warm cold smooth melodic aggressive emotional epic cinematic dreamy ambient acoustic electronic electric guitar piano
  flute violin organ sample vocal vocals female male instrumental classic modern vintage retro old-school oldschool
  new-school underground mainstream east west coast southern uk us trap drill rap hip hop hip-hop hiphop rnb r&b soul
  jazz funk pop k-pop j-pop rock metal punk indie folk country blues house techno trance dubstep dnb garage grime
  reggae reggaeton dancehall afro afrobeat afrobeats amapiano latin lofi lo-fi boom bap boom-bap phonk rage jersey club
  plugg hyperpop cloud synth synthwave wave vapor vaporwave disco edm ballad gospel freestyle battle anime game summer
  winter night party love gangster gangsta street storytelling conscious experimental hardstyle orchestral bounce
  bouncy very really kind of in with for like simple lush gritty heavy upbeat uplifting laid-back mellow groovy minimal
  rainy sunny haunting romantic spacey bass drum drums and or & but`);

/** Whether a word in small letters describes a style rather than names somebody: `drill`, `dark`, `90s`, `140bpm`. */
export function isStyleWord(word: string): boolean {
  return GENERIC_WORDS.has(word) || /^['’]?\d+['’]?(?:s|bpm)?$/.test(word);
}

/** Places, peoples, times and works that are written with a capital and are nobody's name. */
const PROPER_WORDS =
  setOf(`monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
  september october november december spring autumn fall christmas easter halloween hanukkah ramadan eid diwali year
  years eve york orleans los angeles las vegas san francisco miami detroit chicago boston nashville memphis seattle
  london paris berlin tokyo rio havana ibiza kingston lagos seoul delhi mumbai istanbul vienna rome venice texas
  california hawaii africa america asia europe india china japan brazil cuba jamaica ireland scotland spain france
  italy north south northern eastern western middle early late big baroque renaissance classical motown bollywood
  hollywood broadway disney pixar studio ghibli nintendo eurovision balkan greek delta mississippi bossa nova ska city
  i mother father nature earth god sun moon sea ai`);

/** Whether a capitalised word, given in small letters, leaves open who is meant: `sunday`, `celtic`, `80s`. */
export function isProperWord(word: string): boolean {
  return PROPER_WORDS.has(word) || isStyleWord(word) || /(?:ese|ish|ian|ean|can|ic)$/.test(word);
}

const KIND_WORDS =
  setOf(`song songs music ballad ballads anthem anthems hymn hymns lullaby lullabies opera operas musical musicals film
  films movie movies novel book game games theme soundtrack soundtracks score radio choir orchestra twenties thirties
  forties fifties sixties seventies eighties nineties era`);

/** Whether a word in small letters, where it ends capitalised words, makes a kind of thing of them: `songs`, `era`. */
export function isKindWord(word: string): boolean {
  return KIND_WORDS.has(word);
}
