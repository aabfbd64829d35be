package io.headwater.jackson;

/**
 * Replaces an exception whose message may quote the payload, as those of Jackson, of parsers and of many constructors
 * do. It keeps the class and the stack trace, without the message.
 */
final class RedactedCause extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RedactedCause(Throwable failure) {
        super(failure.getClass().getName() + ", whose message is left out, as it may quote the payload");
        setStackTrace(failure.getStackTrace());
    }
}
