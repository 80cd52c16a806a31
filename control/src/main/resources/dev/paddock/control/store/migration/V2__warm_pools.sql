CREATE TABLE warm_pools (
  id              uuid        PRIMARY KEY,
  organization_id uuid        NOT NULL REFERENCES organizations,
  snapshot_id     uuid        NOT NULL REFERENCES snapshots ON DELETE CASCADE,
  region          text        NOT NULL REFERENCES regions,
  size            integer     NOT NULL CHECK (size >= 0),
  created_at      timestamptz NOT NULL DEFAULT now(),
  updated_at      timestamptz NOT NULL DEFAULT now(),
  UNIQUE (organization_id, snapshot_id, region)
);
CREATE INDEX warm_pools_snapshot ON warm_pools (snapshot_id);
