-- What starts a sandbox, each time. Sandboxes that are older get the server's usual one at its start;
-- snapshots without one leave it to the server.
ALTER TABLE sandboxes ADD COLUMN runtime text;
ALTER TABLE snapshots ADD COLUMN runtime text;
