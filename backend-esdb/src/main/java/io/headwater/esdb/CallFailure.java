package io.headwater.esdb;

import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;

/** A call that ended otherwise than with its answer. Never leaves the backend: {@link EsdbErrors} translates it. */
@SuppressWarnings("serial") // It is not serialized.
final class CallFailure extends RuntimeException {
    private final Status status;
    private final Metadata trailers;
    private final boolean left;

    /** @param left whether the request may have reached the server */
    CallFailure(Status status, Metadata trailers, boolean left) {
        super(status.toString(), new StatusRuntimeException(status, trailers), false, false);
        this.status = status;
        this.trailers = trailers;
        this.left = left;
    }

    /** A call that ended as if it had succeeded, without an answer: it broke. */
    static CallFailure withoutAnswer() {
        return new CallFailure(
                Status.UNAVAILABLE.withDescription("a call ended without an answer"), new Metadata(), true);
    }

    static CallFailure unexpected(String what, Exception e) {
        return new CallFailure(Status.INTERNAL.withDescription(what).withCause(e), new Metadata(), true);
    }

    /** A refusal in the body of a batch answer; the code of one that a node gives that takes no calls is 0. */
    static CallFailure of(com.google.rpc.Status refusal) {
        Status status = refusal.getCode() == 0 ? Status.UNAVAILABLE : Status.fromCodeValue(refusal.getCode());
        return new CallFailure(status.withDescription(refusal.getMessage()), new Metadata(), true);
    }

    Status status() {
        return status;
    }

    Metadata trailers() {
        return trailers;
    }

    boolean left() {
        return left;
    }
}
