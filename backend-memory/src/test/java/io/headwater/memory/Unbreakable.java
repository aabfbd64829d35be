package io.headwater.memory;

import io.headwater.tck.catalogue.Catalogue;
import io.headwater.tck.rule.Need;
import io.headwater.tck.rule.Rule;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Rules that no mutant can break, because what they are about lies above every store. Tests of the API break it instead. */
final class Unbreakable {
    /** The values of a request refuse this, or copy it, before a store is called. */
    private static final Set<String> VALUES =
            Set.of(("A6.1 A6.2 A6.3 A6.4 A6.5 A6.6 A6.7 A6.8 A6.9 A6.10 A7.13 R4.1 R4.2 G6.17 P3.1 P3.2").split(" "));

    private Unbreakable() {}

    /** Those, and how a URL and its options are read, which is the same code for every backend. */
    static List<String> ids() {
        Stream<String> configuration = Catalogue.rules().stream()
                .filter(rule -> rule.needs().contains(Need.CONFIGURATION))
                .map(Rule::id);
        return Stream.concat(VALUES.stream(), configuration).toList();
    }
}
