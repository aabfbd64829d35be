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
        return Check.name(name, what);
    }
}
