-- Every table has a primary key, and so a replica identity: without one the server refuses changes of rows where a publication
-- is for all tables.

ALTER TABLE ${schema}.store ADD PRIMARY KEY (id);
