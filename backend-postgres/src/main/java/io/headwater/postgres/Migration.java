package io.headwater.postgres;

import io.headwater.jdbc.SqlScript;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * A numbered script that upgrades the tables and functions from one version to the next. Scripts that were released never
 * change.
 *
 * @param version from 1
 * @param file its name among the resources of this package
 */
record Migration(int version, String file) {
    static final List<Migration> ALL = List.of(
            new Migration(1, "V001__event_store.sql"),
            new Migration(2, "V002__functions.sql"),
            new Migration(3, "V003__primary_keys.sql"),
            new Migration(4, "V004__large_events.sql"),
            new Migration(5, "V005__leases.sql"),
            new Migration(6, "V006__store_mark.sql"),
            new Migration(7, "V007__changes.sql"));

    /** The script, with <code>${schema}</code> for the name of the schema. */
    String script() {
        return SqlScript.text(Migration.class, file);
    }

    /** Shows whether the script that was applied is the same as this one. */
    String checksum() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(script().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
