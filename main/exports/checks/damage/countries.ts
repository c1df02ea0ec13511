/** What is known of a country's postcodes and phone numbers, as far as a spreadsheet can spoil them. */
export interface Country {
  /** ISO 3166-1 alpha-2. */
  readonly code: string;
  /** How files name it, in small letters: codes, English, French, its own languages. */
  readonly names: readonly string[];
  /** Postcodes of so many digits, some of which begin with 0. Absent: none do, or not every code is made of digits. */
  readonly postcode?: {
    readonly digits: number;
    /** Digits that are left at the least when all leading zeros are lost. */
    readonly fewest: number;
  };
  /** Numbers for people, written with digits alone. Absent: a lost 0 or + cannot be told for sure. */
  readonly phone?: {
    readonly callingCode: string;
    /** Pattern of a number behind the calling code, which is also that of a national one whose 0 is lost. */
    readonly national: string;
    /** National numbers do not begin with 0: only a lost + can be told. */
    readonly withoutZero?: true;
  };
}

const country = (code: string, names: string, rest: Omit<Country, 'code' | 'names'>): Country => ({
  code,
  names: [code.toLowerCase(), ...names.split('|')],
  ...rest,
});

const digits = (count: number, fewest = count - 1) => ({ digits: count, fewest });

/**
 * Countries whose postcodes are digits only and may begin with 0, or whose phone numbers show a lost 0 or + for sure; and
 * beside them the greatest others, so that they are known not to. From the countries' published numbering plans and the
 * Universal Postal Union's addressing formats.
 */
export const countries: readonly Country[] = [
  country(
    'US',
    "usa|u.s.|u.s.a.|united states|united states of america|america|états-unis|etats-unis|états unis|etats unis|états-unis d’amérique|états-unis d'amérique|840",
    { postcode: digits(5, 3) },
  ),
  country('PR', 'pri|puerto rico|porto rico', { postcode: digits(5, 3) }),
  country('VI', 'vir|us virgin islands|u.s. virgin islands', { postcode: digits(5, 3) }),
  country('FR', 'fra|france|france métropolitaine|250', {
    postcode: digits(5),
    phone: { callingCode: '33', national: '[1-9][0-9]{8}' },
  }),
  country('DE', 'deu|ger|germany|deutschland|allemagne|276', {
    postcode: digits(5),
    phone: { callingCode: '49', national: '1[567][0-9]{8,9}' },
  }),
  country('IT', 'ita|italy|italia|italie|380', {
    postcode: digits(5, 3),
    phone: { callingCode: '39', national: '3[0-9]{8,9}', withoutZero: true },
  }),
  country('ES', 'esp|spain|españa|espana|espagne|724', {
    postcode: digits(5),
    phone: { callingCode: '34', national: '[6-9][0-9]{8}', withoutZero: true },
  }),
  country('FI', 'fin|finland|suomi|finlande', { postcode: digits(5, 3) }),
  country('UA', 'ukr|ukraine|україна', { postcode: digits(5) }),
  country('LT', 'ltu|lithuania|lietuva|lituanie', { postcode: digits(5) }),
  country('SK', 'svk|slovakia|slovensko|slovaquie', { postcode: digits(5) }),
  country('TR', 'tur|turkey|türkiye|turkiye|turquie', { postcode: digits(5) }),
  country('MX', 'mex|mexico|méxico|mexique', { postcode: digits(5) }),
  country('PE', 'per|peru|perú|pérou', { postcode: digits(5) }),
  country('DZ', 'dza|algeria|algérie|algerie', { postcode: digits(5) }),
  country('MY', 'mys|malaysia|malaisie', { postcode: digits(5) }),
  country('KR', 'kor|south korea|korea|republic of korea|corée du sud|corée', { postcode: digits(5) }),
  country('NO', 'nor|norway|norge|norvège|norvege', { postcode: digits(4, 2) }),
  country('DK', 'dnk|denmark|danmark|danemark', { postcode: digits(4) }),
  country('AU', 'aus|australia|australie', {
    postcode: digits(4),
    phone: { callingCode: '61', national: '[2-478][0-9]{8}' },
  }),
  country('NZ', 'nzl|new zealand|nouvelle-zélande', { postcode: digits(4) }),
  country('ZA', 'zaf|south africa|suid-afrika|afrique du sud', { postcode: digits(4, 1) }),
  country('PH', 'phl|philippines|pilipinas', { postcode: digits(4) }),
  country('CN', 'chn|china|people’s republic of china|chine|中国', { postcode: digits(6) }),
  country('RO', 'rou|romania|românia|roumanie', { postcode: digits(6) }),
  country('SG', 'sgp|singapore|singapour', { postcode: digits(6) }),
  country('CO', 'col|colombia|colombie', { postcode: digits(6) }),
  country('EC', 'ecu|ecuador|équateur', { postcode: digits(6) }),
  country('JP', 'jpn|japan|japon|日本', {
    postcode: digits(7, 5),
    phone: { callingCode: '81', national: '[789]0[0-9]{8}' },
  }),
  country('BR', 'bra|brazil|brasil|brésil|bresil', { postcode: digits(8) }),
  country(
    'GB',
    'gbr|uk|u.k.|united kingdom|great britain|england|scotland|wales|northern ireland|royaume-uni|royaume uni|angleterre|grande-bretagne|826',
    { phone: { callingCode: '44', national: '[127][0-9]{9}' } },
  ),
  country('BE', 'bel|belgium|belgique|belgië|belgie|belgien|056', {
    phone: { callingCode: '32', national: '4[5-9][0-9]{7}' },
  }),
  country('CH', 'che|switzerland|suisse|schweiz|svizzera|756', {
    phone: { callingCode: '41', national: '[2-9][0-9]{8}' },
  }),
  country('NL', 'nld|netherlands|the netherlands|holland|nederland|pays-bas|pays bas|528', {
    phone: { callingCode: '31', national: '[1-9][0-9]{8}' },
  }),
  country('IE', 'irl|ireland|éire|irlande', { phone: { callingCode: '353', national: '8[35679][0-9]{7}' } }),
  country('SE', 'swe|sweden|sverige|suède', { phone: { callingCode: '46', national: '7[02369][0-9]{7}' } }),
  country('MA', 'mar|morocco|maroc', { phone: { callingCode: '212', national: '[5-7][0-9]{8}' } }),
  country('CA', 'can|canada|124', {}),
  country('AT', 'aut|austria|österreich|autriche|040', {}),
  country('LU', 'lux|luxembourg|luxemburg', {}),
  country('PT', 'prt|portugal', {}),
  country('PL', 'pol|poland|polska|pologne', {}),
  country('CZ', 'cze|czechia|czech republic|česko|tchéquie', {}),
  country('HU', 'hun|hungary|magyarország|hongrie', {}),
  country('GR', 'grc|greece|grèce', {}),
  country('IN', 'ind|india|inde', {}),
  country('RU', 'rus|russia|russie|россия', {}),
];

/** States and territories of the United States: they tell the country where no column does. Codes and English names. */
export const statesOfTheUnitedStates: readonly string[] = (
  'al ak az ar ca co ct de fl ga hi id il in ia ks ky la me md ma mi mn ms mo mt ne nv nh nj nm ny nc nd oh ok or pa ri sc sd tn tx ut vt va wa wv wi wy dc|' +
  'alabama|alaska|arizona|arkansas|california|colorado|connecticut|delaware|florida|georgia|hawaii|idaho|illinois|indiana|iowa|kansas|kentucky|louisiana|maine|' +
  'maryland|massachusetts|michigan|minnesota|mississippi|missouri|montana|nebraska|nevada|new hampshire|new jersey|new mexico|new york|north carolina|' +
  'north dakota|ohio|oklahoma|oregon|pennsylvania|rhode island|south carolina|south dakota|tennessee|texas|utah|vermont|virginia|washington|west virginia|' +
  'wisconsin|wyoming|district of columbia'
)
  .split('|')
  .flatMap((part, index) => (index === 0 ? part.split(' ') : [part]));
