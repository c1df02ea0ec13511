/**
 * The tables of a practice account. Contacts have no index on the address: a random-order text index made a million
 * rows four times slower to take in, so the addresses are indexed in memory (address-index.ts) and every table is
 * written in the order of its key. What was posted stands apart from its activity, whose row is rewritten with every
 * step. `details` holds what only single contacts are asked for, as JSON (contact-details.ts). Where rows are truly
 * deleted, AUTOINCREMENT keeps their numbers, and so their ids, from being given again.
 */
export const schema = `
CREATE TABLE account (
  only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
  node TEXT NOT NULL,
  signing_secret TEXT NOT NULL,
  organization_name TEXT NOT NULL,
  first_name TEXT NOT NULL,
  last_name TEXT NOT NULL,
  contact_email TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;
CREATE TABLE contact (
  seq INTEGER PRIMARY KEY,
  address TEXT,
  permission INTEGER NOT NULL,
  details TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  deleted_at INTEGER
) STRICT;
CREATE INDEX contact_by_permission ON contact (permission) WHERE deleted_at IS NULL;
CREATE INDEX contact_by_sms ON contact (json_extract(details, '$.sms')) WHERE address IS NULL;
CREATE TABLE list (
  seq INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  description TEXT NOT NULL,
  favorite INTEGER NOT NULL,
  member_count INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  deleted_at INTEGER
) STRICT;
CREATE TABLE membership (
  list INTEGER NOT NULL REFERENCES list (seq),
  contact INTEGER NOT NULL REFERENCES contact (seq),
  PRIMARY KEY (list, contact)
) STRICT, WITHOUT ROWID;
CREATE INDEX membership_by_contact ON membership (contact, list);
CREATE TABLE tag (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE COLLATE NOCASE,
  source TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;
CREATE TABLE tagging (
  tag INTEGER NOT NULL REFERENCES tag (seq),
  contact INTEGER NOT NULL REFERENCES contact (seq),
  PRIMARY KEY (tag, contact)
) STRICT, WITHOUT ROWID;
CREATE INDEX tagging_by_contact ON tagging (contact, tag);
CREATE TABLE custom_field (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  label TEXT NOT NULL,
  name TEXT NOT NULL,
  type TEXT NOT NULL,
  version INTEGER NOT NULL,
  metadata TEXT,
  choices TEXT,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;
CREATE TABLE activity (
  seq INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  state TEXT NOT NULL,
  source_file_name TEXT,
  input TEXT NOT NULL,
  progress TEXT NOT NULL,
  position INTEGER NOT NULL DEFAULT 0,
  percent_done INTEGER NOT NULL DEFAULT 0,
  errors TEXT NOT NULL DEFAULT '[]',
  plan TEXT,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  started_at INTEGER,
  completed_at INTEGER
) STRICT;
CREATE TABLE activity_body (
  activity INTEGER PRIMARY KEY REFERENCES activity (seq),
  body BLOB NOT NULL
) STRICT;
CREATE INDEX activity_open ON activity (seq) WHERE state IN ('initialized', 'processing');
CREATE TABLE grant_family (
  seq INTEGER PRIMARY KEY,
  client_id TEXT NOT NULL,
  scope TEXT NOT NULL,
  role TEXT NOT NULL,
  access_generation INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL,
  revoked_at INTEGER
) STRICT;
CREATE TABLE authorization_code (
  code_hash TEXT PRIMARY KEY,
  family INTEGER NOT NULL REFERENCES grant_family (seq),
  redirect_uri TEXT NOT NULL,
  challenge TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  used_at INTEGER
) STRICT;
CREATE TABLE refresh_token (
  token_hash TEXT PRIMARY KEY,
  family INTEGER NOT NULL REFERENCES grant_family (seq),
  created_at INTEGER NOT NULL,
  used_at INTEGER
) STRICT;
CREATE TABLE device_code (
  code_hash TEXT PRIMARY KEY,
  user_code TEXT NOT NULL UNIQUE,
  client_id TEXT NOT NULL,
  scope TEXT NOT NULL,
  outcome TEXT NOT NULL,
  family INTEGER REFERENCES grant_family (seq),
  created_at INTEGER NOT NULL,
  polled_at INTEGER
) STRICT;
CREATE TABLE request_day (
  client_id TEXT NOT NULL,
  day TEXT NOT NULL,
  requests INTEGER NOT NULL,
  PRIMARY KEY (client_id, day)
) STRICT, WITHOUT ROWID;
CREATE TABLE request_log (
  seq INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  method TEXT NOT NULL,
  path TEXT NOT NULL,
  status INTEGER NOT NULL,
  milliseconds INTEGER NOT NULL,
  bytes INTEGER NOT NULL
) STRICT;
`;
