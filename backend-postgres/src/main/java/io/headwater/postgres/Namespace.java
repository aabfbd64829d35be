package io.headwater.postgres;

import io.headwater.ConfigurationException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** The schema of the database that contains a store, and the statements that name it. */
final class Namespace {
    /** Names that need no escaping in quotes and strings. Those with pg_ are reserved for the server. */
    private static final Pattern NAME = Pattern.compile("(?!pg_)[A-Za-z_][A-Za-z0-9_]{0,62}");

    private final String name;

    /** A condition: whether the schema contains the store that was opened. True until the id of the store is known. */
    private volatile String sameStore = "true";

    /** A limited number: constants of this package, and filters by their shape. */
    private final Map<String, String> statements = new ConcurrentHashMap<>();

    Namespace(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new ConfigurationException(
                    "namespace '" + name
                            + "' is not a valid name of a schema: allowed are 1 to 63 letters from a to z, digits and underscores, with no digit and no pg_ first");
        }
        this.name = name;
    }

    String name() {
        return name;
    }

    /** As an identifier in a statement. */
    String quoted() {
        return '"' + name + '"';
    }

    /**
     * From now on, statements are for this store only: where they contain <code>${same_store}</code>, they fail if the
     * schema contains another store. The planner removes the condition from its plan, and plans again when the view is
     * dropped, so it costs nothing.
     */
    void isFor(String storeId) {
        sameStore = "'%s.\"store_%s\"'::regclass IS NOT NULL".formatted(quoted(), storeId);
        statements.clear();
    }

    /** The statement with <code>${schema}</code> and <code>${same_store}</code> replaced. */
    String sql(String statement) {
        return statements.computeIfAbsent(statement, this::replaced);
    }

    /** As {@link #sql}, for a text that is used once. */
    String replaced(String text) {
        return text.replace("${schema}", quoted()).replace("${same_store}", sameStore);
    }
}
