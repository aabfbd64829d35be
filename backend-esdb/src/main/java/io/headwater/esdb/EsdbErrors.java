package io.headwater.esdb;

import io.grpc.Metadata;
import io.grpc.Status;
import io.headwater.AppendOutcomeUnknown;
import io.headwater.BackendFailure;
import io.headwater.ConfigurationException;
import io.headwater.EventStoreException;
import io.headwater.IncompatibleStore;
import io.headwater.InvalidRequest;
import io.headwater.LimitExceeded;
import io.headwater.StoreUnavailable;
import java.io.IOException;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** The only place that knows what the failures of the server and of gRPC mean. */
final class EsdbErrors {
    private static final Set<Status.Code> BROKEN =
            Set.of(Status.Code.UNAVAILABLE, Status.Code.ABORTED, Status.Code.CANCELLED, Status.Code.DEADLINE_EXCEEDED);
    private static final Pattern NOT_READY =
            Pattern.compile("Server Is Not Ready|Server Is Too Busy|No leader info available in response");
    private static final Pattern NO_PLACE = Pattern.compile(
            "Unexpected (Filtered)?ReadAllResult: (Error|InvalidPosition)|Trying to read from an invalid position");
    private static final Pattern CONNECTION_ENDED = Pattern.compile("GOAWAY|HTTP/2|Rst Stream|RST_STREAM");
    private static final Pattern UNTOLD = Pattern.compile("HTTP status code 500");
    private static final Pattern NOT_GRPC =
            Pattern.compile("HTTP status code (?!500)|First received frame was not SETTINGS");

    private final String server;
    private final boolean hasUser;

    /**
     * Creates an instance.
     *
     * @param server the hosts, for messages
     * @param hasUser whether calls are those of a user
     */
    EsdbErrors(String server, boolean hasUser) {
        this.server = server;
        this.hasUser = hasUser;
    }

    /** What a failed call means. */
    enum Kind {
        /** The stream is tombstoned. */
        STREAM_DELETED,
        /** The stream is at another revision than the one that was expected. */
        WRONG_VERSION,
        /** The node does not lead. It did nothing. */
        NOT_LEADER,
        /** The node takes no calls now. It did nothing. */
        NOT_READY,
        /** The request is larger than the server takes. */
        TOO_LARGE,
        /** User or password is wrong. */
        LOGIN,
        /** A right is missing. */
        DENIED,
        /** A refusal that could not be sent, because it names a stream whose name is not ASCII. */
        UNTOLD,
        /** The connection cannot be encrypted as the options say. */
        TLS,
        /** It is another kind of server. */
        OTHER_SERVER,
        /** The log has no such position. */
        NO_PLACE,
        /** It got no answer. */
        NO_ANSWER,
        /** Anything else. */
        FAILED
    }

    static Kind kind(CallFailure e) {
        return switch (trailer(e, "exception").orElse("")) {
            case "stream-deleted" -> Kind.STREAM_DELETED;
            case "wrong-expected-version" -> Kind.WRONG_VERSION;
            case "not-leader" -> Kind.NOT_LEADER;
            case "access-denied" -> Kind.DENIED;
            case "maximum-append-size-exceeded", "maximum-append-event-size-exceeded" -> Kind.TOO_LARGE;
            default -> kindByStatus(e);
        };
    }

    private static Kind kindByStatus(CallFailure e) {
        Status.Code code = e.status().getCode();
        String text = text(e);
        if (NOT_READY.matcher(text).find()) {
            return Kind.NOT_READY;
        }
        return switch (code) {
            case UNAUTHENTICATED -> Kind.LOGIN;
            case PERMISSION_DENIED -> Kind.DENIED;
            case RESOURCE_EXHAUSTED -> Kind.TOO_LARGE;
            case UNIMPLEMENTED -> Kind.OTHER_SERVER;
            default -> kindByText(code, text, e);
        };
    }

    private static Kind kindByText(Status.Code code, String text, CallFailure e) {
        if (NO_PLACE.matcher(text).find()) {
            return Kind.NO_PLACE;
        }
        if (UNTOLD.matcher(text).find()) {
            return Kind.UNTOLD;
        }
        if (NOT_GRPC.matcher(text).find()) {
            return Kind.OTHER_SERVER;
        }
        boolean local = code == Status.Code.UNKNOWN && cause(e, IOException.class) != null;
        if (local || BROKEN.contains(code)) {
            return cause(e, SSLException.class) == null ? Kind.NO_ANSWER : Kind.TLS;
        }
        return code == Status.Code.INTERNAL && CONNECTION_ENDED.matcher(text).find() ? Kind.NO_ANSWER : Kind.FAILED;
    }

    /** Returns whether the same call may succeed later, at this node or at another one. */
    static boolean isPassing(CallFailure e) {
        Kind kind = kind(e);
        return kind == Kind.NOT_LEADER || kind == Kind.NOT_READY || kind == Kind.NO_ANSWER;
    }

    /** Returns whether the request of a write is certain to have done nothing. */
    static boolean didNothing(CallFailure e) {
        return switch (kind(e)) {
            case NO_ANSWER, FAILED, UNTOLD, WRONG_VERSION -> !e.left();
            default -> true;
        };
    }

    /** Returns whether a right was missing. */
    static boolean isDenied(EventStoreException e) {
        return e.getCause() instanceof CallFailure failure && kind(failure) == Kind.DENIED;
    }

    /** Returns the node that a {@link Kind#NOT_LEADER} answer names. */
    static Optional<Host> leader(CallFailure e) {
        Optional<String> host = trailer(e, "leader-endpoint-host");
        return trailer(e, "leader-endpoint-port")
                .filter(port -> port.matches("\\d{1,5}"))
                .flatMap(port -> host.map(name -> new Host(name, Integer.parseInt(port))));
    }

    /** Returns the revision that a {@link Kind#WRONG_VERSION} answer tells; -1 if there is no stream. */
    static OptionalLong actualRevision(CallFailure e) {
        return trailer(e, "actual-version")
                .filter(version -> version.matches("-?\\d{1,18}"))
                .map(version -> OptionalLong.of(Long.parseLong(version)))
                .orElse(OptionalLong.empty());
    }

    private static Optional<String> trailer(CallFailure e, String name) {
        return Optional.ofNullable(e.trailers().get(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER)));
    }

    /**
     * Returns what to throw for a call after which nothing is written.
     *
     * @param need the right that the call needs, such as {@code $r on stream 'order-1'}
     */
    EventStoreException translate(CallFailure e, String need) {
        return switch (kind(e)) {
            case LOGIN ->
                new ConfigurationException("server %s refuses the login: check user and password".formatted(server), e);
            case DENIED -> denied(e, need);
            case TLS ->
                new ConfigurationException(
                        "server %s cannot be reached with these settings of TLS: %s; check tls, tlsCaFile and the host's name"
                                .formatted(server, innermost(e)),
                        e);
            case OTHER_SERVER ->
                new IncompatibleStore(
                        "%s is not an EventStoreDB or KurrentDB server: %s".formatted(server, text(e)), e);
            case NO_PLACE -> new InvalidRequest("not a position of this store");
            case TOO_LARGE ->
                new LimitExceeded(
                        "the server refuses an append of this size%s: make it smaller, or set maxAppendSize as at the server"
                                .formatted(trailer(e, "maximum-append-size")
                                        .map(size -> ", its limit is " + size + " bytes")
                                        .orElse("")));
            case NOT_LEADER, NOT_READY, NO_ANSWER -> unavailable(e);
            default -> new BackendFailure("the server failed: " + text(e), e);
        };
    }

    private ConfigurationException denied(CallFailure e, String need) {
        String message = hasUser
                ? "the server denies access; the user needs the right %s".formatted(need)
                : "the server wants a login: set user and password";
        return new ConfigurationException(message, e);
    }

    /** Returns what to throw if the server was not reached until the end of a call. */
    StoreUnavailable unavailable(CallFailure e) {
        return new StoreUnavailable("server %s: %s".formatted(server, reason(e)), e);
    }

    StoreUnavailable unavailable(String why) {
        return new StoreUnavailable("server %s: %s".formatted(server, why), null);
    }

    /** Returns what to throw if a request that may write got no answer until the end of a call. */
    AppendOutcomeUnknown unknown(CallFailure e) {
        return new AppendOutcomeUnknown("server %s: %s".formatted(server, reason(e)), e);
    }

    static String reason(CallFailure e) {
        @Nullable UnknownHostException unknown = cause(e, UnknownHostException.class);
        if (unknown != null) {
            return "no such host (%s)".formatted(unknown.getMessage());
        }
        String text = text(e);
        return text.contains("Network closed for unknown reason")
                ? "the connection was closed; is it tls=true?"
                : text + (e.status().getCause() == null ? "" : " (" + innermost(e) + ")");
    }

    /** Returns the first line of what the server says; it has no bytes of events. */
    static String text(CallFailure e) {
        @Nullable String description = e.status().getDescription();
        return description == null
                ? e.status().getCode().toString()
                : description.lines().findFirst().orElse("");
    }

    private static String innermost(CallFailure e) {
        @Nullable Throwable inner = e.status().getCause();
        while (inner != null && inner.getCause() != null) {
            inner = inner.getCause();
        }
        if (inner == null) {
            return text(e);
        }
        String message = inner.getMessage() == null ? "" : inner.getMessage();
        return message.isEmpty()
                ? inner.getClass().getSimpleName()
                : message.lines().findFirst().orElse("");
    }

    private static <T extends Throwable> @Nullable T cause(CallFailure e, Class<T> type) {
        for (Throwable cause = e.status().getCause(); cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
        }
        return null;
    }
}
