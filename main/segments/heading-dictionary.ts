/** Constant Contact's import columns that a heading may mean, and what Segue understands beside them. */
export type HeadingMeaning =
  | 'email'
  | 'first_name'
  | 'last_name'
  | 'full_name'
  | 'phone'
  | 'job_title'
  | 'company_name'
  | 'street'
  | 'city'
  | 'state'
  | 'zip'
  | 'country'
  | 'birthday'
  | 'anniversary'
  | 'customer_id'
  | 'opt_out';

/** Normalised headings by meaning, English and French (customer-insights-exports.md 5.3); the better known first. */
const headings: Readonly<Record<HeadingMeaning, string>> = {
  email:
    'email emailaddress primaryemail email1 emailaddress1 emailid mail contactemail identityserviceemail personemail workemail ' +
    'businessemail emailaddr mailaddress useremail customeremail eemailaddress ' +
    'adresseemail adressemail adressedemessagerie adressecourriel adresseelectronique courriel courrielprincipal mel adressemel',
  first_name:
    'firstname personfirstname givenname forename fname first contactfirstname prenom prenoms prenomclient prenomcontact',
  last_name:
    'lastname personlastname surname familyname lname last contactlastname nom nomdefamille nomfamille nomclient patronyme',
  full_name: 'fullname personfullname customername displayname contactname name nomcomplet nometprenom prenometnom',
  phone:
    'telephone phone phonenumber primaryphone mobile mobilephone telephone1 phone1 cell cellphone mobilenumber homephone workphone ' +
    'businessphone tel identityservicephone telephonenumber portable telephoneportable telephonemobile numerodetelephone gsm',
  job_title: 'jobtitle title position role fonction poste intituledeposte titreduposte',
  company_name:
    'companyname company organization organisation accountname employer businessname societe entreprise nomdelasociete raisonsociale',
  street:
    'streetaddress address1 addr1 addressline1 address1line1 address street street1 mailingaddress locationaddress address1composite ' +
    'adresse adresse1 adressepostale rue ligneadresse1 adresseligne1',
  city: 'city address1city town locationcity mailingcity ville commune localite',
  state:
    'state stateorprovince address1stateorprovince province stateprovince region locationstate county etat departement',
  zip: 'zip zipcode postcode postalcode address1postalcode mailingzip zippostal zippostalcode locationpostalcode codepostal cp',
  country: 'country countryorregion address1country countryregion countryname locationcountry pays paysouregion',
  birthday: 'dateofbirth birthdate birthday dob datedenaissance anniversairedenaissance naissance',
  anniversary: 'anniversary anniversarydate weddinganniversary anniversaire',
  customer_id:
    'customerid contactid customerprofileid id clientid profileid identifiantclient identifiant numeroclient',
  opt_out:
    'donotemail donotbulkemail donotcontact optout unsubscribed emailoptout newsletterconsent consentement desinscrit desabonne',
};

const exact = new Map<string, { meaning: HeadingMeaning; rank: number }>();
for (const meaning of Object.keys(headings) as HeadingMeaning[]) {
  for (const [rank, heading] of headings[meaning].split(' ').entries()) exact.set(heading, { meaning, rank });
}

/** Endings that keep their meaning behind a source's or table's name, as in `CRM_Contacts_EmailAddress`. Longest first. */
const endings = [...exact.entries()]
  .filter(([heading]) => heading.length >= 7 && !['contactname', 'anniversary', 'telephone'].includes(heading))
  .sort((a, b) => b[0].length - a[0].length);

/** Lower case without marks, accents, blanks, punctuation and the vendor's prefix. */
export function normaliseHeading(heading: string): string {
  return heading
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^\p{Ll}\p{Lo}\p{Nd}]/gu, '')
    .replace(/^msdynci/, '');
}

/**
 * What a heading means, or null. `rank` grows with doubt: below 100 for a whole heading, from 100 on for one behind a prefix.
 * Keys of other systems (`…_Alternate`, `(Do Not Modify) …`) mean nothing.
 */
export function meaningOf(heading: string): { meaning: HeadingMeaning; rank: number } | null {
  const plain = normaliseHeading(heading);
  if (plain.startsWith('donotmodify') || plain.endsWith('alternate')) return null;
  const known = exact.get(plain);
  if (known) return known;
  // "Work Email 2", "Contact: E-mail (Primary)"
  const bare = plain.replace(/(primary|principal|main|[0-9])$/, '');
  const knownBare = exact.get(bare);
  if (knownBare) return { meaning: knownBare.meaning, rank: knownBare.rank + 50 };
  const ending = endings.find(([known]) => plain.endsWith(known));
  if (ending) return { meaning: ending[1].meaning, rank: ending[1].rank + 100 };
  if (plain.endsWith('email') && plain.length > 5) return { meaning: 'email', rank: 150 };
  return null;
}

/** True for headings that only a list of people has: one of the telling kind, or two of any kind. A lone `name` or `title` heads anything. */
export function nameContacts(columns: readonly string[]): boolean {
  const meanings = columns.flatMap((heading) => (heading.length <= 60 ? (meaningOf(heading)?.meaning ?? []) : []));
  return (
    meanings.length > 1 || meanings.some((meaning) => ['email', 'first_name', 'last_name', 'phone'].includes(meaning))
  );
}
