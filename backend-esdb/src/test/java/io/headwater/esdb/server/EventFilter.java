package io.headwater.esdb.server;

/** Which records a read of {@code $all} shows. */
interface EventFilter {
    EventFilter EVERYTHING = record -> true;

    boolean accepts(StoredRecord record);
}
