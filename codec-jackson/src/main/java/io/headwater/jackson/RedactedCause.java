package io.headwater.jackson;

/**
 * Stands for an exception whose message may quote the payload, as those of Jackson, of parsers and of many constructors do:
 * its class and where it was thrown, without its words.
 */
final class RedactedCause extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RedactedCause(Throwable failure) {
        super(failure.getClass().getName() + ", whose message is left out, as it may quote the payload");
        setStackTrace(failure.getStackTrace());
    }
}
