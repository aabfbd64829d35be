package io.headwater.postgres;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The privileges to grant if the server refuses something. */
final class Privileges {
    private static final Pattern DENIED = Pattern.compile("permission denied for (\\w+) (\\S+)");

    private static final Set<String> READ_BY_SELECT = Set.of("table", "view", "sequence");

    private Privileges() {}

    static String remedy(String message) {
        Matcher denied = DENIED.matcher(message);
        if (!denied.find()) {
            return "grant it to the user of the URL";
        }
        return "let an owner run: " + grant(denied.group(1), denied.group(2)) + " TO the user of the URL"
                + (READ_BY_SELECT.contains(denied.group(1)) ? "; for access=read SELECT is enough" : "");
    }

    private static String grant(String kind, String name) {
        return switch (kind) {
            case "database" -> "GRANT CREATE ON DATABASE " + name;
            case "schema" -> "GRANT USAGE ON SCHEMA " + name;
            case "table", "view" -> "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA of " + name;
            case "sequence" -> "GRANT USAGE, SELECT ON SEQUENCE " + name;
            case "function" -> "GRANT EXECUTE ON FUNCTION " + name;
            default -> "GRANT ALL ON " + kind + " " + name;
        };
    }
}
