package io.headwater;

/** Checks names that have no type of their own (P2). */
public final class Names {
    private Names() {}

    /**
     * Checks a name, and returns it.
     *
     * @param what what the name belongs to, for the message
     * @throws InvalidRequest if it is not valid
     */
    public static String check(String name, String what) {
        return ArgumentChecks.name(name, what);
    }

    /**
     * Checks a text with which names may begin, and returns it.
     *
     * @param what what the text is, for the message
     * @throws InvalidRequest if it has characters that no name can have
     */
    public static String checkPart(String text, String what) {
        return ArgumentChecks.partOfName(text, what);
    }
}
