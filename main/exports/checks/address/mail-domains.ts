/**
 * Mail providers that many people use, by country. A domain that is one slip away from one of these is probably meant to
 * be it; what is in here is never taken for a slip itself.
 */
export const mailDomains: readonly string[] = `
  gmail.com googlemail.com hotmail.com hotmail.fr hotmail.co.uk hotmail.de hotmail.it hotmail.es hotmail.be hotmail.ca
  outlook.com outlook.fr outlook.de outlook.es outlook.it outlook.be live.com live.fr live.ca live.co.uk live.be live.nl
  msn.com yahoo.com yahoo.fr yahoo.ca yahoo.co.uk yahoo.de yahoo.it yahoo.es yahoo.co.in yahoo.com.br ymail.com
  rocketmail.com icloud.com me.com mac.com aol.com mail.com email.com gmx.com gmx.de gmx.net gmx.at gmx.ch gmx.fr web.de
  freenet.de t-online.de orange.fr wanadoo.fr laposte.net free.fr sfr.fr neuf.fr bbox.fr numericable.fr club-internet.fr
  videotron.ca sympatico.ca bell.net rogers.com shaw.ca telus.net cogeco.ca comcast.net verizon.net att.net
  sbcglobal.net bellsouth.net cox.net charter.net earthlink.net btinternet.com btopenworld.com sky.com ntlworld.com
  virginmedia.com talktalk.net protonmail.com proton.me pm.me fastmail.com zoho.com yandex.ru yandex.com mail.ru
  bluewin.ch skynet.be telenet.be libero.it virgilio.it tiscali.it alice.it tin.it terra.es telefonica.net
  terra.com.br uol.com.br bol.com.br bigpond.com optusnet.com.au xtra.co.nz qq.com 163.com 126.com naver.com
`
  .trim()
  .split(/\s+/);

/**
 * Names long and peculiar enough that one letter more, less, other or exchanged is a slip. Short names and ordinary words
 * (orange, free, live, sky) are not among them: their neighbours are other people's domains.
 */
export const peculiarNames: readonly string[] = `
  gmail googlemail hotmail outlook yahoo icloud wanadoo laposte videotron sympatico comcast verizon sbcglobal bellsouth
  btinternet protonmail rocketmail numericable freenet bluewin telenet bigpond optusnet yandex virginmedia
`
  .trim()
  .split(/\s+/);

/** Neighbours of peculiar names that are providers or companies of their own. */
export const ownNames: readonly string[] = [
  'mail',
  'email',
  'ymail',
  'fmail',
  'gmailx',
  'outlooks',
  'cloud',
  'freenets',
];

/** Slips in the ending, by what is meant. Some are endings of countries: they count only behind a peculiar name. */
export const endSlips: readonly (readonly [string, string])[] = [
  ['com', 'con cmo ocm vom xom cpm coom comm ccom clm dom cim cm om co c0m com.com'],
  ['fr', 'ft frr rf ffr fe'],
  ['net', 'nte ner ent nett met'],
  ['ca', 'cca caa'],
  ['de', 'dee ed'],
  ['co.uk', 'co.k couk co.ukk'],
].flatMap(([meant = '', slips = '']) => slips.split(' ').map((slip) => [slip, meant] as const));

/** Endings that are nobody's and one slip away from the commonest: a slip behind any name. */
export const certainEndSlips: readonly (readonly [string, string])[] = [
  ['con', 'com'],
  ['cmo', 'com'],
  ['ocm', 'com'],
  ['vom', 'com'],
  ['xom', 'com'],
  ['cpm', 'com'],
  ['coom', 'com'],
  ['comm', 'com'],
  ['nte', 'net'],
  ['ogr', 'org'],
  ['orgg', 'org'],
];

/** The endings of well-known domains, each with the names that have it. */
export const joinedEnds: readonly (readonly [string, readonly string[]])[] = [
  ...Map.groupBy(mailDomains, (domain) => domain.slice(domain.indexOf('.') + 1)),
].map(([end, domains]) => [end, domains.map((domain) => domain.slice(0, domain.indexOf('.')))] as const);
