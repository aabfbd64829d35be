package io.headwater.esdb.server;

import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/** The statuses, texts and trailers of the server's refusals. */
final class Refusals {
    private Refusals() {}

    /** Any exception that the server does not expect. */
    static StatusRuntimeException exceptionInHandler() {
        return Status.UNKNOWN
                .withDescription("Exception was thrown by handler.")
                .asRuntimeException();
    }

    /** A oneof without a value, or a combination that has no meaning. */
    static StatusRuntimeException invalidArgument(String text) {
        return Status.INVALID_ARGUMENT.withDescription(text).asRuntimeException();
    }

    static StatusRuntimeException notValid(Object value, String type) {
        return invalidArgument("'" + value + "' is not a valid EventStore.Client.Streams." + type);
    }

    static StatusRuntimeException unexpectedResult(String result) {
        return Status.UNKNOWN.withDescription("Unexpected " + result).asRuntimeException();
    }

    static StatusRuntimeException streamDeleted(String stream) {
        return refuse(
                Status.FAILED_PRECONDITION,
                "Event stream '" + stream + "' is deleted.",
                "exception",
                "stream-deleted",
                "stream-name",
                stream);
    }

    /** Of a delete or a tombstone; an append tells it in its answer. */
    static StatusRuntimeException wrongExpectedVersion(String stream, long expected, long actual) {
        return refuse(
                Status.FAILED_PRECONDITION,
                "Delete failed due to WrongExpectedVersion. Stream: " + stream + ", Expected version: " + expected
                        + ", Actual version: " + actual,
                "exception",
                "wrong-expected-version",
                "stream-name",
                stream,
                "expected-version",
                Long.toString(expected),
                "actual-version",
                Long.toString(actual));
    }

    static StatusRuntimeException appendTooBig(int limit) {
        return refuse(
                Status.INVALID_ARGUMENT,
                "Maximum Append Size of " + limit + " Exceeded.",
                "exception",
                "maximum-append-size-exceeded",
                "maximum-append-size",
                Integer.toString(limit));
    }

    static StatusRuntimeException eventTooBig(String id, int size, int limit) {
        return refuse(
                Status.INVALID_ARGUMENT,
                "Event with Id: " + id + ", Size: " + size + ", exceeds Maximum Append Event Size of " + limit + ".",
                "exception",
                "maximum-append-event-size-exceeded",
                "event-id",
                id,
                "maximum-append-event-size",
                Integer.toString(limit),
                "proposed-append-event-size",
                Integer.toString(size));
    }

    static StatusRuntimeException propertyMissing(String property) {
        return refuse(
                Status.INVALID_ARGUMENT,
                "Required Metadata Property '" + property + "' is missing",
                "exception",
                "missing-required-metadata-property",
                "required-metadata-properties",
                "type,content-type");
    }

    static StatusRuntimeException timedOut(String why) {
        return Status.ABORTED.withDescription("Operation timed out: " + why).asRuntimeException();
    }

    static StatusRuntimeException invalidPosition() {
        return invalidArgument("Trying to read from an invalid position.");
    }

    static StatusRuntimeException notReady() {
        return Status.UNAVAILABLE.withDescription("Server Is Not Ready").asRuntimeException();
    }

    static StatusRuntimeException notLeader(String host, int port) {
        return refuse(
                Status.NOT_FOUND,
                "Leader info available",
                "exception",
                "not-leader",
                "leader-endpoint-host",
                host,
                "leader-endpoint-port",
                Integer.toString(port));
    }

    static StatusRuntimeException accessDenied() {
        return refuse(Status.PERMISSION_DENIED, "Access Denied", "exception", "access-denied");
    }

    static StatusRuntimeException unauthenticated() {
        return Status.UNAUTHENTICATED.withDescription("Unauthenticated").asRuntimeException();
    }

    private static StatusRuntimeException refuse(Status status, String text, String... trailers) {
        Metadata metadata = new Metadata();
        for (int i = 0; i < trailers.length; i += 2) {
            if (!isHeaderText(trailers[i + 1])) {
                return brokenResponse();
            }
            metadata.put(Metadata.Key.of(trailers[i], Metadata.ASCII_STRING_MARSHALLER), trailers[i + 1]);
        }
        return status.withDescription(text).asRuntimeException(metadata);
    }

    private static boolean isHeaderText(String value) {
        return value.chars().allMatch(c -> c >= ' ' && c <= '~');
    }

    /** The server's web layer fails on header values outside printable ASCII; this is what a gRPC client makes of its answer. */
    static StatusRuntimeException brokenResponse() {
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC));
        return Status.UNKNOWN
                .withDescription(
                        "HTTP status code 500\ninvalid content-type: null\ntrailers: Metadata(:status=500,date=" + date
                                + ",server=Kestrel,content-length=0)")
                .asRuntimeException();
    }
}
