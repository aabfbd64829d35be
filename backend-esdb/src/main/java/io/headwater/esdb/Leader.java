package io.headwater.esdb;

/**
 * The node that leads, as far as is known.
 *
 * @param calls the connection for calls that are short: looks, appends, journals
 * @param reads the one for pages, scans and subscriptions, which would delay them; may be the same
 */
record Leader(Host host, Connection calls, Connection reads, ServerInfo info) {
    boolean hasEnded() {
        return calls.hasEnded() || reads.hasEnded();
    }

    void release() {
        calls.release();
        reads.release();
    }
}
