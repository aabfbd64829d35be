package io.headwater.esdb.server;

/**
 * What one call reads.
 *
 * @param access fails with the refusal if the caller has no right to read any more
 */
record Reader(Storage storage, Profile profile, Runnable access) {}
