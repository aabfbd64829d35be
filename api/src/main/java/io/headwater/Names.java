package io.headwater;

/** The rule for names (P2), for those that have no type of their own. */
public final class Names {
    private Names() {}

    /**
     * Returns the name.
     *
     * @param what it is a name of, for the message
     * @throws InvalidRequest if it is none, saying why
     */
    public static String check(String name, String what) {
        return ArgumentChecks.name(name, what);
    }

    /**
     * Returns a text that names may begin with.
     *
     * @param what it is, for the message
     * @throws InvalidRequest if it has characters that no name can have
     */
    public static String checkPart(String text, String what) {
        return ArgumentChecks.partOfName(text, what);
    }
}
