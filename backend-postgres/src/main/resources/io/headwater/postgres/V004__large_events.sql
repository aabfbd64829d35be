-- Tells at the price of a look whether a stream has events of more than 8 KiB: pages of other streams need no count of their bytes.

CREATE INDEX events_large ON ${schema}.events (stream_key, version) WHERE octet_length(data) > 8192;
