package io.headwater.verification.mutants;

import java.util.List;

/** Rules that no mutant can break, because what they are about lies above every store. Tests of the API break it instead. */
final class Unbreakable {
    /** The values of a request refuse this, or copy it, before a store is called. */
    private static final String VALUES =
            "A6.1 A6.2 A6.3 A6.4 A6.5 A6.6 A6.7 A6.8 A6.9 A6.10 A6.11 A7.13 R4.1 R4.2 G6.17 P3.1 P3.2";

    /** How a URL and its options are read, which is the same code for every backend. */
    private static final String CONFIGURATION = "E3.1 E3.2 E3.3 E3.4 L1.1 L1.2";

    private Unbreakable() {}

    static List<String> ids() {
        return List.of((VALUES + " " + CONFIGURATION).split(" "));
    }
}
