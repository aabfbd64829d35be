package io.headwater.esdb.server;

/** What a writer expects of a stream, as the server's own number: a revision, or one of the negative ones. */
final class Expected {
    static final long NO_STREAM = -1;
    static final long ANY = -2;
    static final long STREAM_EXISTS = -4;

    private Expected() {}

    /** Of an unsigned number: the greatest one means that there is no stream. */
    static long revision(long number) {
        if (number < NO_STREAM) {
            throw BadArgument.outOfRange("value");
        }
        return number;
    }
}
