package io.headwater.esdb;

/** What came of one attempt to write to a stream. */
sealed interface WriteAnswer {

    /**
     * It is written, now or by an earlier attempt.
     *
     * @param revision the revision of the last event
     * @param position its position; {@link #NO_POSITION} if the server did not tell
     */
    record Written(long revision, long position) implements WriteAnswer {
        static final long NO_POSITION = -1;

        boolean hasPosition() {
            return position != NO_POSITION;
        }
    }

    /**
     * It was refused: the stream is at another revision.
     *
     * @param actual the revision that the server told, of which some may not be replicated; -1 if there is no stream
     */
    record Refused(long actual) implements WriteAnswer {}

    /** It was refused: the stream is tombstoned. */
    record Tombstoned() implements WriteAnswer {}

    /** The request left and got no answer: it may be written, now or later. */
    record Unanswered(CallFailure failure) implements WriteAnswer {}
}
