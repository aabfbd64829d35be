package io.headwater;

/**
 * A state that was computed from a stream.
 *
 * @param stream of which stream
 * @param name which of the stream's snapshots
 * @param version the stream's version that it stands for, at least 1
 * @param data the state; comes back byte for byte
 */
public record Snapshot(StreamId stream, String name, long version, Payload data) {
    public Snapshot {
        ArgumentChecks.notNull(stream, "stream");
        ArgumentChecks.name(name, "snapshot name");
        ArgumentChecks.that(version >= 1, () -> "snapshot version " + version + " is below 1");
        ArgumentChecks.notNull(data, "snapshot data");
    }
}
