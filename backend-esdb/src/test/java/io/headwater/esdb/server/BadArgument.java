package io.headwater.esdb.server;

/** An exception of the real server's own code. Unary calls do not tell its text, batches do. */
final class BadArgument extends RuntimeException {
    private static final long serialVersionUID = 1;

    BadArgument(String text) {
        super(text);
    }

    static BadArgument outOfRange(String parameter) {
        return new BadArgument(
                "Specified argument was out of the range of valid values. (Parameter '" + parameter + "')");
    }
}
