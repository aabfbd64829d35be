-- Format 2: leases are taken over when they are not renewed for their term, whatever the clocks say.

-- Microseconds. A lease of format 1 has none: the longest that there can be stands for it.
ALTER TABLE subscriptions ADD COLUMN term     INTEGER NOT NULL DEFAULT 31622400000000;

-- How often the lease was renewed since it was acquired.
ALTER TABLE subscriptions ADD COLUMN renewals INTEGER NOT NULL DEFAULT 0;
