package io.headwater.postgres;

import io.headwater.ConfigurationException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** The schema of the database in which a store lies, and statements that name it. */
final class Namespace {
    /** Names that need no care within quotes and texts; those with pg_ are the server's. */
    private static final Pattern NAME = Pattern.compile("(?!pg_)[A-Za-z_][A-Za-z0-9_]{0,62}");

    private final String name;

    /** Whether the schema holds the store that it held; any is right until one is known. */
    private volatile String sameStore = "true";

    /** Of a limited number of constants in this package, and of filters by their shape. */
    private final Map<String, String> statements = new ConcurrentHashMap<>();

    Namespace(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new ConfigurationException(
                    "namespace '" + name
                            + "' is no name for a schema: allowed are 1 to 63 letters from a to z, digits and underscores, with no digit and no pg_ first");
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
     * From now on statements are for this store only: where <code>${same_store}</code> stands they fail when the schema holds
     * another one. The planner sees that once and forgets it, and is told when the relation is dropped, so it costs nothing.
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
