package io.headwater.benchmarks;

import java.nio.file.Path;
import java.sql.SQLException;

/** Appends to another event store, in a database of its own. */
record PeerVariant(Peer peer, PeerDatabase database) implements AppendVariant {

    @Override
    public String name() {
        return peer.name();
    }

    @Override
    public Appends open(Path folder, int writers) throws Exception {
        return new Opened(peer, database, database.open(peer));
    }

    private record Opened(Peer peer, PeerDatabase database, PeerStore store) implements Appends {
        @Override
        public Appender writer(int number) throws Exception {
            return store.writer(number);
        }

        @Override
        public long stored() throws SQLException {
            return database.stored(peer);
        }

        @Override
        public void close() {
            store.close();
        }
    }
}
