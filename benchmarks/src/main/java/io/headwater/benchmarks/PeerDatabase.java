package io.headwater.benchmarks;

import java.sql.SQLException;
import java.util.UUID;

/**
 * A database that is there for one peer, for as long as this is open. It lasts for all turns: to drop one makes the server write
 * a checkpoint, for which whoever comes next would pay.
 */
record PeerDatabase(PostgresDatabase server, String name) implements AutoCloseable {

    static PeerDatabase create(PostgresDatabase server) throws SQLException {
        String name = "headwater_peer_" + UUID.randomUUID().toString().replace('-', '_');
        server.execute("CREATE DATABASE " + name);
        return new PeerDatabase(server, name);
    }

    private PostgresDatabase database() {
        return server.sibling(name);
    }

    /** A store without events. */
    PeerStore open(Peer peer) throws Exception {
        database().execute("DROP SCHEMA IF EXISTS %1$s CASCADE; CREATE SCHEMA %1$s".formatted(peer.schema()));
        return peer.open(database().jdbcUrl());
    }

    long stored(Peer peer) throws SQLException {
        return Long.parseLong(database().query("SELECT count(*) FROM %s.%s".formatted(peer.schema(), peer.table())));
    }

    /** Gives the planner what a store has that is some minutes old. */
    void analyze() throws SQLException {
        database().execute("VACUUM ANALYZE");
    }

    @Override
    public void close() throws SQLException {
        server.execute("DROP DATABASE " + name + " WITH (FORCE)");
    }
}
