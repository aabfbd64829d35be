package io.headwater.postgres;

import io.headwater.tck.Profile;
import io.headwater.tck.Tck;

/**
 * The TCK on another server than that of {@link PostgresTckTest}, or through something in front of it: the rules whose outcome
 * depends on what the server makes of statements, transactions, locks and sessions. Other rules are about what Headwater does
 * before it sends a statement, and after the server's answer; they run with {@code -Pfull}. So does the check that all
 * rules make the store send no statement that these do not, see {@link PostgresPoolerTest}.
 */
final class ServerRules {
    private static final String[] GROUPS = {
        "append",
        "expected version",
        "idempotency",
        "non-exact repeats",
        "multi-stream append",
        "bulk import",
        "reading",
        "log",
        "log queries",
        "categories",
        "visibility",
        "held appends",
        "held appends: readers",
        "concurrency",
        "contention",
        "checkpoints",
        "leases",
        "leases: taking over",
        "many leases",
        "records",
        "subscriptions: hand-over",
        "subscriptions: taking over",
        "delete",
        "truncate",
        "scavenge",
        "pages and checks",
        "snapshots",
        "catalog",
        "payloads",
        "names",
        "store ids",
        "read-only"
    };

    private ServerRules() {}

    static Tck of(String url) {
        return ofAll(url).only(GROUPS);
    }

    static Tck ofAll(String url) {
        return Tck.of(url).profile(Profile.QUICK);
    }
}
