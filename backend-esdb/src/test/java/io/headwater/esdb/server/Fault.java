package io.headwater.esdb.server;

import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.Optional;

/** What goes wrong with a call: whether the server carries it out, and what the client is told instead of the answer. */
public final class Fault {
    private final boolean carriedOut;
    private final Optional<StatusRuntimeException> end;

    private Fault(boolean carriedOut, Optional<StatusRuntimeException> end) {
        this.carriedOut = carriedOut;
        this.end = end;
    }

    /** Not carried out, and ended with a status; with OK, without a message. */
    public static Fault refused(Status status) {
        return new Fault(false, Optional.of(status.asRuntimeException()));
    }

    /** Carried out, and ended with a status in place of the answer; with OK, without a message. */
    public static Fault answerLost(Status status) {
        return new Fault(true, Optional.of(status.asRuntimeException()));
    }

    /** Not carried out, and never answered. */
    public static Fault ignored() {
        return new Fault(false, Optional.empty());
    }

    /** Carried out, and never answered. */
    public static Fault neverAnswered() {
        return new Fault(true, Optional.empty());
    }

    /** Not carried out; the client is told another server as leader. */
    public static Fault notLeader(EsdbServer leader) {
        return new Fault(false, Optional.of(Refusals.notLeader(EsdbServer.HOST, leader.port())));
    }

    /** As a server tells a time-out of its own: the call may have been carried out or not. */
    public static Status timedOut() {
        return Status.ABORTED.withDescription("Operation timed out: Commit phase timeout.");
    }

    boolean carriedOut() {
        return carriedOut;
    }

    boolean silent() {
        return end.isEmpty();
    }

    Status status() {
        return end.orElseThrow().getStatus();
    }

    Metadata trailers() {
        Metadata trailers = end.orElseThrow().getTrailers();
        return trailers == null ? new Metadata() : trailers;
    }
}
