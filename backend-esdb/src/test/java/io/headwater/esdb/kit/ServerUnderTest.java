package io.headwater.esdb.kit;

import com.google.protobuf.ByteString;
import io.headwater.esdb.server.EsdbServer;
import io.headwater.esdb.server.Profile;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;

/** A test server, alone or in the surroundings in which a real one was recorded. */
final class ServerUnderTest implements Recorded, AutoCloseable {
    /** So that what a call sends next arrives before, also on a busy machine. */
    private static final Duration BATCHES_INDEXED_AFTER = Duration.ofMillis(200);

    private static final int LONG_LOG = 150_000;
    private static final int FILLERS_PER_APPEND = 2_000;

    /** The append of the scenario behind which the neighbour writes, and how much. */
    private static final int NEIGHBOUR_AFTER = 3;

    private static final int NEIGHBOUR_EVENTS = 13;

    private final EsdbServer server;
    private final Profile profile;
    private final boolean neighbour;
    private int appends;

    private ServerUnderTest(Profile profile, boolean neighbour) {
        server = EsdbServer.start(profile);
        server.indexBatchesAfter(BATCHES_INDEXED_AFTER);
        this.profile = profile;
        this.neighbour = neighbour;
    }

    /** With the system projections, as the real ones were recorded. */
    static ServerUnderTest start(Profile profile) {
        ServerUnderTest started = new ServerUnderTest(profile, false);
        started.server.startProjections();
        return started;
    }

    /** With as many records as the recorder had left behind: they decide how long a scan takes. */
    static ServerUnderTest withLongLog(Profile profile) throws Exception {
        ServerUnderTest filled = new ServerUnderTest(profile, false);
        filled.write(LONG_LOG);
        return filled;
    }

    /** With another writer, in place of the projections, which had got that far: its records decide about checkpoints. */
    static ServerUnderTest withNeighbour(Profile profile) {
        return new ServerUnderTest(profile, true);
    }

    @Override
    public String hostPort() {
        return server.authority();
    }

    /** As it happened when 24.6 was recorded, and did not with 23.10. */
    @Override
    public boolean endsCallsInOneGo() {
        return profile == Profile.V24;
    }

    @Override
    public void rest() throws InterruptedException {
        server.awaitDelivered();
    }

    @Override
    public void appended() throws Exception {
        if (neighbour && ++appends == NEIGHBOUR_AFTER) {
            write(NEIGHBOUR_EVENTS);
        }
    }

    private void write(int events) throws Exception {
        S s = new S("others", Recorder.prefix(), this);
        try {
            for (int left = events; left > 0; left -= FILLERS_PER_APPEND) {
                S.Ev[] fillers = new S.Ev[Math.min(left, FILLERS_PER_APPEND)];
                for (int i = 0; i < fillers.length; i++) fillers[i] = filler();
                s.bulk(s.n("filler"), S.Exp.ANY, fillers);
            }
        } finally {
            s.channel.shutdownNow();
        }
    }

    private static S.Ev filler() {
        Map<String, String> properties = Map.of("type", "Filler", "content-type", "application/octet-stream");
        return new S.Ev(S.proto(UUID.randomUUID()), properties, ByteString.EMPTY, ByteString.EMPTY);
    }

    @Override
    public void scavenge() {
        server.scavenge();
    }

    @Override
    public void shutDown() {
        server.shutDown();
    }

    @Override
    public void kill() {
        server.kill();
    }

    @Override
    public void close() {
        server.close();
    }
}
