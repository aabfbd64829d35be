package io.headwater.jackson;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;

/** Searches everything that a log would show. Test data call their values "secret". */
final class Leaks {
    private Leaks() {}

    static void none(Throwable failure) {
        StringWriter log = new StringWriter();
        failure.printStackTrace(new PrintWriter(log));
        assertThat(log.toString()).doesNotContain("secret");
    }
}
