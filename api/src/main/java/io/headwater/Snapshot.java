package io.headwater;

/**
 * A state that was computed from a stream.
 *
 * @param stream the stream
 * @param name which of the snapshots of the stream
 * @param version the version of the stream that the state belongs to, at least 1
 * @param data the state; returned byte for byte
 */
public record Snapshot(StreamId stream, String name, long version, Payload data) {
    public Snapshot {
        ArgumentChecks.notNull(stream, "stream");
        ArgumentChecks.name(name, "snapshot name");
        ArgumentChecks.that(version >= 1, () -> "snapshot version " + version + " is below 1");
        ArgumentChecks.notNull(data, "snapshot data");
    }
}
