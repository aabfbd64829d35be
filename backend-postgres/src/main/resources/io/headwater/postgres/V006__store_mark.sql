-- The store's row, and a relation whose name has the store's id. Every statement of an open store names that relation: where the
-- schema was dropped and made anew, or the server has another store in its place, the statement fails when it is planned, and costs
-- nothing otherwise.

INSERT INTO ${schema}.store (id, log_floor)
SELECT gen_random_uuid()::text, 0 WHERE NOT EXISTS (SELECT FROM ${schema}.store);

DO $$
BEGIN
    EXECUTE (SELECT format('CREATE VIEW ${schema}.%I AS SELECT id FROM ${schema}.store', 'store_' || id) FROM ${schema}.store);
END $$;
