-- Tells a database from any other, so that no server clears a host by the wrong one's rows.
CREATE TABLE installation (
  id        uuid    NOT NULL DEFAULT gen_random_uuid(),
  singleton boolean PRIMARY KEY DEFAULT true CHECK (singleton)
);
INSERT INTO installation DEFAULT VALUES;

CREATE TABLE users (
  id         uuid        PRIMARY KEY,
  name       text        NOT NULL,
  email      text        NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE regions (
  id         text        PRIMARY KEY,
  name       text        NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE organizations (
  id         uuid        PRIMARY KEY,
  name       text        NOT NULL,
  owner_id   uuid        NOT NULL REFERENCES users,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE api_keys (
  hash            bytea       PRIMARY KEY CHECK (octet_length(hash) = 32),
  name            text        NOT NULL,
  masked_value    text        NOT NULL,
  user_id         uuid        NOT NULL REFERENCES users,
  organization_id uuid        NOT NULL REFERENCES organizations,
  permissions     text[]      NOT NULL,
  bootstrap       boolean     NOT NULL DEFAULT false,
  created_at      timestamptz NOT NULL DEFAULT now(),
  last_used_at    timestamptz,
  expires_at      timestamptz,
  UNIQUE (organization_id, user_id, name)
);
CREATE UNIQUE INDEX api_keys_one_bootstrap ON api_keys (bootstrap) WHERE bootstrap;

CREATE TABLE snapshots (
  id              uuid        PRIMARY KEY,
  organization_id uuid        REFERENCES organizations,
  name            text        NOT NULL,
  image_name      text,
  dockerfile      text,
  context_hashes  text[]      NOT NULL DEFAULT '{}',
  reference       text        NOT NULL,
  state           text        NOT NULL,
  error_reason    text,
  size_bytes      bigint,
  entrypoint      text[]      NOT NULL DEFAULT '{}',
  cpu             integer     NOT NULL,
  memory_gib      integer     NOT NULL,
  disk_gib        integer     NOT NULL,
  region          text        NOT NULL REFERENCES regions,
  created_at      timestamptz NOT NULL,
  updated_at      timestamptz NOT NULL,
  last_used_at    timestamptz,
  UNIQUE NULLS NOT DISTINCT (organization_id, name)
);
CREATE INDEX snapshots_reference ON snapshots (reference);

CREATE TABLE sandboxes (
  id                 uuid        PRIMARY KEY,
  organization_id    uuid        NOT NULL REFERENCES organizations,
  name               text        NOT NULL,
  region             text        NOT NULL REFERENCES regions,
  snapshot           text,
  dockerfile         text,
  context_hashes     text[]      NOT NULL DEFAULT '{}',
  image              text        NOT NULL,
  entrypoint         text[]      NOT NULL DEFAULT '{}',
  os_user            text        NOT NULL,
  env                bytea       NOT NULL,
  labels             jsonb       NOT NULL,
  cpu                integer     NOT NULL,
  memory_gib         integer     NOT NULL,
  disk_gib           integer     NOT NULL,
  is_public          boolean     NOT NULL,
  network_block_all  boolean     NOT NULL,
  network_allow_list text,
  domain_allow_list  text,
  auto_stop          integer     NOT NULL,
  auto_archive       integer     NOT NULL,
  auto_delete        integer     NOT NULL,
  state              text        NOT NULL,
  desired_state      text        NOT NULL,
  error_reason       text,
  preview_token      bytea       NOT NULL,
  created_at         timestamptz NOT NULL,
  updated_at         timestamptz NOT NULL,
  last_activity_at   timestamptz NOT NULL
) WITH (fillfactor = 80);
CREATE UNIQUE INDEX sandboxes_name ON sandboxes (organization_id, name)
  WHERE desired_state <> 'destroyed';
CREATE INDEX sandboxes_by_activity ON sandboxes (organization_id, last_activity_at, id);
CREATE INDEX sandboxes_by_creation ON sandboxes (organization_id, created_at, id);
CREATE INDEX sandboxes_labels ON sandboxes USING gin (labels jsonb_path_ops);
CREATE INDEX sandboxes_image ON sandboxes (image);
