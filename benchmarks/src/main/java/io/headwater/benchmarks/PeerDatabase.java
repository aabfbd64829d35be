package io.headwater.benchmarks;

import java.sql.SQLException;
import java.util.UUID;

/**
 * A database that is used by one peer only, until it is closed. It is kept for all turns: dropping one makes the server
 * write a checkpoint, which would slow down the next turn.
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

    /** Gives the planner the statistics that a store has after some minutes. */
    void analyze() throws SQLException {
        database().execute("VACUUM ANALYZE");
    }

    @Override
    public void close() throws SQLException {
        server.execute("DROP DATABASE " + name + " WITH (FORCE)");
    }
}
