package io.headwater.jdbc;

import io.headwater.BackendFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** A script of SQL in the jar of a backend. */
public final class SqlScript {
    private SqlScript() {}

    /**
     * The text of a script.
     *
     * @param owner a class in whose package the script is
     * @throws BackendFailure if the jar is damaged
     */
    public static String text(Class<?> owner, String file) {
        try (InputStream in = owner.getResourceAsStream(file)) {
            if (in == null) {
                throw new BackendFailure("the script " + file + " is missing from the backend's jar", null);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new BackendFailure("the script " + file + " cannot be read", e);
        }
    }
}
