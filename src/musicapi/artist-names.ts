/**
 * Artists and producers whom people ask for most. MusicAPI does not publish whom it refuses, so this list can neither
 * be complete nor certain.
 */

const listOf = (text: string) => text.split(/\s*[|\n]\s*/);

/** Names that mean nobody else, however they are written. */
export const ARTIST_NAMES: readonly string[] =
  listOf(`Taylor Swift|Ed Sheeran|Billie Eilish|Ariana Grande|Justin Bieber|Bruno Mars|The Weeknd|Lady Gaga|Katy Perry
  Rihanna|Beyoncé|Dua Lipa|Olivia Rodrigo|Sabrina Carpenter|Chappell Roan|Lana Del Rey|Harry Styles|Shawn Mendes
  Miley Cyrus|Selena Gomez|Britney Spears|Justin Timberlake|Christina Aguilera|Whitney Houston|Mariah Carey
  Celine Dion|Michael Jackson|Janet Jackson|Stevie Wonder|Elvis Presley|Bob Dylan|Bob Marley|David Bowie|Elton John
  Freddie Mercury|Frank Sinatra|Johnny Cash|Dolly Parton|Bruce Springsteen|Joni Mitchell|Leonard Cohen|Nick Cave
  Tom Waits|Kate Bush|Amy Winehouse|Aretha Franklin|The Beatles|John Lennon|Paul McCartney|Led Zeppelin|Pink Floyd
  Metallica|Rammstein|AC/DC|Guns N' Roses|Bon Jovi|Aerosmith|Fleetwood Mac|Depeche Mode|Radiohead|Coldplay
  Linkin Park|Foo Fighters|Tame Impala|OneRepublic|Maroon 5|Blink-182|Daft Punk|Deadmau5|Skrillex|Avicii|Marshmello
  Calvin Harris|David Guetta|Tiësto|Hans Zimmer|Ludovico Einaudi|Eminem|Kanye West|Kendrick Lamar|J. Cole|Jay-Z
  Snoop Dogg|Dr. Dre|2Pac|Tupac|Notorious B.I.G.|Wu-Tang Clan|Travis Scott|Post Malone|Lil Nas X|Lil Wayne
  Lil Uzi Vert|Juice WRLD|XXXTentacion|Playboi Carti|21 Savage|Nicki Minaj|Cardi B|Megan Thee Stallion|Doja Cat
  Frank Ocean|Childish Gambino|Tyler, the Creator|SZA|Bad Bunny|Daddy Yankee|Peso Pluma|J Balvin|Karol G|Shakira
  Rosalía|Blackpink|NewJeans|Björk|Sigur Rós|Bon Iver|Sufjan Stevens|Phoebe Bridgers|Hozier|Morgan Wallen|Luke Combs
  Zach Bryan|Chris Stapleton|Garth Brooks|Ozzy Osbourne|Marilyn Manson|Metro Boomin|Timbaland|Pharrell|Rick Rubin
  Max Martin|DJ Khaled|808 Mafia|Tay Keith|If young Metro don't trust you`);

/** Names that are phrases as well: an artist's with these capitals only. */
export const CAPITAL_NAMES: readonly string[] =
  listOf(`The Rolling Stones|Black Sabbath|Iron Maiden|Red Hot Chili Peppers|Arctic Monkeys|Imagine Dragons
  Twenty One Pilots|My Chemical Romance|Fall Out Boy|Nine Inch Nails|Rage Against the Machine|Green Day|Deep Purple
  The Cure|The Smiths|The Killers|The Strokes|The Police|The Doors|Mustard on the beat`);

/** Names that are single words as well: an artist's with a capital and where the text says that somebody is meant. */
export const AMBIGUOUS_NAMES: ReadonlySet<string> = new Set([
  ...[
    'queen',
    'prince',
    'drake',
    'kanye',
    'adele',
    'madonna',
    'cher',
    'sting',
    'nirvana',
    'abba',
    'bts',
    'elvis',
  ],
  ...[
    'enya',
    'moby',
    'oasis',
    'muse',
    'genesis',
    'journey',
    'lorde',
    'halsey',
    'usher',
    'u2',
    'eagles',
    'korn',
  ],
]);
