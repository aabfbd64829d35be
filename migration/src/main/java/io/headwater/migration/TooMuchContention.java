package io.headwater.migration;

/** Other writers appended to a stream before each attempt of the import. The lines before are stored; run the import again. */
public final class TooMuchContention extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooMuchContention(String message) {
        super(message);
    }
}
