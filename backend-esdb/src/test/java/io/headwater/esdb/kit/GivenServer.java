package io.headwater.esdb.kit;

import io.headwater.tck.rule.Waiting;
import java.time.Duration;

/** The server of {@code -Desdb.url}. It is neither scavenged nor ended. */
record GivenServer(String hostPort) implements Recorded {
    /** How long the recorder waited for what a server sends by itself. */
    private static final Duration REST = Duration.ofMillis(400);

    /** The server takes connections without TLS alone, as the recorder knows no other. */
    static GivenServer of(String url) {
        String host = url.replaceFirst("^[a-z+]+://", "")
                .replaceFirst("^[^@/?]*@", "")
                .replaceFirst("[/?].*", "");
        return new GivenServer(host);
    }

    @Override
    public void rest() {
        Waiting.until(REST, () -> false);
    }

    @Override
    public void scavenge() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void shutDown() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void kill() {
        throw new UnsupportedOperationException();
    }
}
