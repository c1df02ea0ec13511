/**
 * Names and words that lists of people hold often, each with an accent that only one encoding of one byte a character reads
 * so. They tell encodings apart where a file has too few kinds of accents for that.
 */
const names = `
zoë noël noëlle joël joëlle raphaël raphaëlle gaël gaëlle michaël mickaël israël ismaël maël maëlle maëlys daniël gabriël
emmanuël samuël chloë anaëlle citroën noé zoé chloé léa léo théo inès agnès hélène irène geneviève françois françoise
alençon garçon besançon rené renée andré andrée jérôme jérémy jérémie stéphane stéphanie sébastien frédéric
frédérique cécile céline aurélie aurélien amélie mélanie émilie émile éric élise élodie édouard étienne gérard rémi rémy
désiré benoît maître anaïs loïc loïs naïma aïcha haïti héloïse éloïse moïse côté hébert québec montréal lévis bélanger
gagné lefèvre lemaître châtelain château fréchette pâquet prévost légaré crête jérusalem orléans nîmes saint-étienne
señor muñoz nuñez núñez ibáñez peña piña castañeda begoña íñigo españa garcía martínez rodríguez hernández fernández
lópez gonzález pérez sánchez ramírez gómez díaz álvarez jiménez vázquez gutiérrez domínguez suárez josé maría jesús
andrés inés mónica verónica sofía lucía raúl víctor ángel ángela óscar héctor adrián sebastián iván simón ramón joaquín
martín agustín valentín benjamín tomás nicolás jonás césar germán julián rubén belén rocío bogotá medellín
méxico mérida córdoba málaga cádiz león jaén müller köhler schröder schäfer jäger böhm günther jürgen björn jörg käthe
krüger krämer könig möller förster weiß groß strauß voß mößner götz grün schön löwe vögel bäcker bäumler lücke stöcker
köln münchen düsseldorf zürich nürnberg würzburg göttingen tübingen lübeck österreich straße søren jørgen bjørn øystein
kåre håkan göran märta åsa åke sjöberg sjögren öberg ångström björk nyström lindström bergström strömberg malmö göteborg
tromsø århus ærø grønland päivi mäkinen hämäläinen jyväskylä seppälä väinö joão são conceição gonçalves assunção araújo
sérgio antónio mário luís inês mônica fábio júlio cláudia patrícia letícia antônio gonçalo seán róisín sinéad siobhán
áine niccolò nicolò cefalù forlì perù cantù città università dušan tomáš matouš lukáš tadeáš žan žarko božidar
saša aleš miloš boštjan stanišić kovačić cœur sœur œuvre lœtitia
`;

const known = new Set(names.split(/\s+/).filter((name) => /[^\x20-\x7e]/.test(name)));

/** Whether a word, as an encoding reads it, is one that people bear or write. */
export function isAccentedName(word: string): boolean {
  return known.has(word.toLowerCase());
}
