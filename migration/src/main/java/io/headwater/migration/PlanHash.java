package io.headwater.migration;

import io.headwater.migration.select.Rewriting;
import io.headwater.migration.store.Sha256;
import java.util.HexFormat;

/** What tells one plan from another that would give the target something else. */
final class PlanHash {
    private static final String FORMAT = "headwater migration 1";

    private PlanHash() {}

    static String of(Rewriting rewriting) {
        return HexFormat.of()
                .formatHex(new Sha256().add(FORMAT).add(rewriting.fingerprint()).hash());
    }
}
