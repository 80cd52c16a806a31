-- Signing keys are derived from the key file, the sandbox's id and this number.
ALTER TABLE sandboxes ADD COLUMN signing_key_version integer NOT NULL DEFAULT 0;
