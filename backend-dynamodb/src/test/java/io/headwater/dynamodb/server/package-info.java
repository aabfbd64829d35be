/**
 * A test server of our own that speaks DynamoDB's JSON protocol 1.0 over a socket, with the faults that other stand-ins do
 * not show. {@link io.headwater.dynamodb.server.DynamoServer} starts it.
 *
 * <p>It follows the service's documentation. A class that implements a behaviour names the page that describes it, by its title
 * in the Amazon DynamoDB Developer Guide or API Reference. What the documentation leaves open, and what is refused, is listed in
 * the page {@code DynamoServer.md} beside the module's sources.
 */
package io.headwater.dynamodb.server;
