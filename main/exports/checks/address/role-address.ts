import { sqlText } from '../../sql-text.ts';
import type { CellCheck } from '../cell-check.ts';
import { localPartOf } from './address-parts.ts';

/** What addresses of offices, departments and machines are called, in the languages that are met most. */
export const roleNames: readonly string[] = `
  abuse accounting accounts accueil admin administracion administratie administration administrateur administrator
  affiliate agence all anfrage ask atencioncliente auskunft benefits bestellung bestellungen billing bookings
  boutique buchhaltung bureau buyer careers cda clientele clientes commandes commercial communication compliance
  compras comptabilite comunicacion contabilidad contact contacto contactus contato courrier customer customercare
  customerservice datenschutz devnull direction director dns do-not-reply donotreply editor einkauf email empfang
  empleo enquiries enquiry everyone export facturacion facturation feedback finance ftp gerencia geschaeftsleitung
  hello help helpdesk hola hostmaster hr info infos information informations inquiries inquiry invoice invoices
  ispfeedback ispsupport it jobs juridique kontakt kundenservice legal list list-request mail mailbox mailer-daemon
  mairie maildaemon manager marketing media moderator news newsletter no-reply noc noreply notifications office
  operations order orders padmin partner partners payroll pedidos personal phish phishing postmaster prensa presse
  press privacy purchasing rechnung rechnungen reception recepcion recrutement recursoshumanos redaction rgpd rh
  root sales sav secretaria secretariat security sekretariat service serviceclient shop siege spam staff standard
  subscribe support sysadmin team tech technique tesoreria tresorerie undisclosed-recipients unsubscribe usenet
  uucp ventas verkauf vertrieb vente ventes web webmaster welcome www zentrale
`
  .trim()
  .split(/\s+/);

/** Addresses that several people read, or none (constant-contact-v3.md 9 advises against them). They are sent. */
export const roleAddress: CellCheck = {
  kind: 'email-role',
  effect: 'warning',
  repair: 'none',
  concerns: (field) => field === 'email',
  recognise: ({ cell }) => `${localPartOf(cell)} IN (${roleNames.map(sqlText).join(', ')})`,
};
