package io.headwater.dynamodb.server;

/** What can go wrong with a call. All are off until {@link Faults#add} sets a chance for one. */
public enum Fault {
    /** Answered with a transaction conflict; nothing is carried out. */
    CONFLICT,
    /**
     * Carried out, and answered with a transaction conflict: so a client sees a second attempt that meets the first, whose reply
     * was lost.
     */
    CONFLICT_AFTER,
    /** An eventually consistent read sees an earlier state, up to {@link Faults#maxStaleness}; the newest items are missing. */
    STALE_READ,
    /** The items of a transaction become visible one after the other, and are free for other writes one by one. */
    SPLIT_VISIBILITY,
    /** Refused as a whole, with {@code ThrottlingException}. */
    THROTTLED,
    /** Refused as a whole, with {@code ProvisionedThroughputExceededException}. */
    THROUGHPUT_EXCEEDED,
    /** A transaction is cancelled with throttling as the reason of one action. */
    THROTTLED_ACTION,
    /** Carried out after a delay. */
    SLOW,
    /** The reply is lost, and the request is carried out later. */
    LATE,
    /** Carried out now and once more later, with the same token; the second reply is lost. */
    TWICE,
    /** The request is lost. */
    LOST_REQUEST,
    /** Carried out; the reply is lost. */
    LOST_REPLY,
    /** Answered with an internal error; carried out or not. */
    INTERNAL_ERROR,
    /** A page of Query or Scan ends early. */
    PARTIAL_PAGE,
    /** Some keys or items of a batch are left unprocessed. */
    UNPROCESSED,
    /** Refused for want of a permission. */
    ACCESS_DENIED,
    /** Refused, as the session of the credentials is over. */
    EXPIRED_CREDENTIALS
}
