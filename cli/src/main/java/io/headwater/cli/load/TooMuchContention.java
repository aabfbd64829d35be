package io.headwater.cli.load;

/** Other writers were faster every time. What was imported is in the store. */
public final class TooMuchContention extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooMuchContention(String message) {
        super(message);
    }
}
