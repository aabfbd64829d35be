package io.headwater.esdb.server;

/** The outcome of a write. */
sealed interface WriteResult {
    /** Written, or recognised: the number after it, and the place of its last record, or -1 where that is hidden. */
    record Success(long number, long position) implements WriteResult {}

    record WrongVersion(long current) implements WriteResult {}

    record Deleted() implements WriteResult {}

    /** The same events are in progress: the server drops the request, and the client is told nothing but a time-out. */
    record Dropped() implements WriteResult {}
}
