/**
 * A test server of our own that speaks EventStoreDB's gRPC protocol v1 over a socket, built from what real servers were recorded
 * to answer. {@link io.headwater.esdb.server.EsdbServer} starts it.
 */
package io.headwater.esdb.server;
