-- Leases are taken over when they are not renewed for their term, also if the server's clock was ahead or went back.

-- Microseconds. A lease from before has none: the longest that there can be stands for it.
ALTER TABLE ${schema}.subscriptions ADD COLUMN term bigint NOT NULL DEFAULT 31622400000000;

-- How often the lease was renewed since it was acquired.
ALTER TABLE ${schema}.subscriptions ADD COLUMN renewals bigint NOT NULL DEFAULT 0;
