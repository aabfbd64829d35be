package io.headwater.dynamodb;

import io.headwater.AppendOutcomeUnknown;
import io.headwater.BackendFailure;
import io.headwater.ConfigurationException;
import io.headwater.EventStoreException;
import io.headwater.StoreClosed;
import io.headwater.StoreUnavailable;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/** The only place that knows what the errors of DynamoDB and of its client mean. */
final class DynamoErrors {
    private static final Set<String> THROTTLED = Set.of(
            "ProvisionedThroughputExceededException",
            "ProvisionedThroughputExceeded",
            "RequestLimitExceeded",
            "ThrottlingException",
            "ThrottlingError",
            "LimitExceededException");
    private static final Set<String> CONFLICTS =
            Set.of("TransactionConflictException", "TransactionConflict", "TransactionInProgressException");
    private static final Set<String> DENIED = Set.of("AccessDeniedException", "AccessDenied");
    private static final Set<String> WRONG_CREDENTIALS = Set.of(
            "UnrecognizedClientException",
            "InvalidSignatureException",
            "IncompleteSignatureException",
            "MissingAuthenticationTokenException",
            "ExpiredTokenException",
            "InvalidClientTokenId");
    private static final String NO_TABLE = "ResourceNotFoundException";

    /** The HTTP client's own: no connection within its time. */
    private static final Pattern NO_CONNECTION = Pattern.compile("Connect.*TimeoutException");

    private static final Pattern NAMED_ACTION = Pattern.compile("to perform: (\\w+:\\w+)");

    private static final int SERVER_ERROR = 500;

    private DynamoErrors() {}

    /** What a failed request means for its effect. */
    enum Effect {
        /** It was refused, since there were too many: try again, later. */
        THROTTLED,
        /** It was refused because of a conflicting transaction: try again. */
        CONFLICT,
        /** It was not sent. */
        NOT_SENT,
        /** It may have been carried out, or be carried out yet. */
        UNKNOWN,
        /** It was refused, and will be again. */
        REFUSED
    }

    static Effect effect(SdkException e) {
        if (e instanceof AwsServiceException service) {
            return effect(service);
        }
        if (isNotSent(e)) {
            return Effect.NOT_SENT;
        }
        return isWithoutCredentials(e) ? Effect.REFUSED : Effect.UNKNOWN;
    }

    private static Effect effect(AwsServiceException e) {
        String code = code(e);
        if (THROTTLED.contains(code)) {
            return Effect.THROTTLED;
        }
        if (CONFLICTS.contains(code)) {
            return Effect.CONFLICT;
        }
        return e.statusCode() >= SERVER_ERROR ? Effect.UNKNOWN : Effect.REFUSED;
    }

    /** The effect of an action of a transaction that was cancelled for this reason. */
    static Effect effect(String code) {
        if (THROTTLED.contains(code)) {
            return Effect.THROTTLED;
        }
        return CONFLICTS.contains(code) ? Effect.CONFLICT : Effect.REFUSED;
    }

    private static String code(AwsServiceException e) {
        @Nullable AwsErrorDetails details = e.awsErrorDetails();
        @Nullable String code = details == null ? null : details.errorCode();
        return code == null ? "" : code;
    }

    /** Whether no connection was made. */
    private static boolean isNotSent(SdkException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException
                    || cause instanceof UnknownHostException
                    || cause instanceof SSLHandshakeException
                    || NO_CONNECTION.matcher(cause.getClass().getSimpleName()).matches()) {
                return true;
            }
        }
        return false;
    }

    private static boolean isWithoutCredentials(SdkException e) {
        return message(e).startsWith("Unable to load credentials");
    }

    /** Whether a permission is wanting, which no other attempt changes; not just credentials that ran out. */
    static boolean isDenied(EventStoreException e) {
        return e.getCause() instanceof AwsServiceException service && DENIED.contains(code(service));
    }

    static boolean isTableMissing(SdkException e) {
        return e instanceof AwsServiceException service && code(service).equals(NO_TABLE);
    }

    /** What to tell of a failure after which nothing is written. */
    static EventStoreException translate(String action, String table, RuntimeException failure) {
        if (failure instanceof EventStoreException known) {
            return known;
        }
        if (!(failure instanceof SdkException e)) {
            return failure instanceof IllegalStateException
                    ? new StoreClosed(failure)
                    : new BackendFailure(
                            "%s failed: %s".formatted(action, failure.getClass().getName()), failure);
        }
        if (isWithoutCredentials(e)) {
            return withoutCredentials(e);
        }
        return e instanceof AwsServiceException service
                ? translate(action, table, service)
                : unavailable(action, table, e);
    }

    private static EventStoreException translate(String action, String table, AwsServiceException e) {
        String code = code(e);
        if (!(e instanceof DynamoDbException)) {
            return new ConfigurationException(
                    "the service that gives credentials refused (%s): check profile and role".formatted(code), e);
        }
        if (DENIED.contains(code)) {
            return new ConfigurationException(
                    "%s on table '%s' is denied: allow it in the policy of the role or user"
                            .formatted(denied(action, e), table),
                    e);
        }
        if (WRONG_CREDENTIALS.contains(code)) {
            return new ConfigurationException(
                    "AWS refuses the credentials (%s): check profile, role and region".formatted(code), e);
        }
        if (code.equals(NO_TABLE)) {
            return new BackendFailure("table '%s' does not exist: check name, region and account".formatted(table), e);
        }
        return effect(e) == Effect.REFUSED
                ? new BackendFailure("%s on table '%s' failed: %s".formatted(action, table, message(e)), e)
                : unavailable(action, table, e);
    }

    /** A transaction needs the rights of its actions, and the service names the one that is wanting. */
    private static String denied(String action, AwsServiceException e) {
        Matcher named = NAMED_ACTION.matcher(message(e));
        return named.find() ? named.group(1) : "dynamodb:" + action;
    }

    static ConfigurationException withoutCredentials(RuntimeException e) {
        return new ConfigurationException(
                "no credentials for AWS are found: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, name a profile with"
                        + " profile=, or run where a role is given",
                e);
    }

    static StoreUnavailable unavailable(String action, String table, RuntimeException e) {
        return new StoreUnavailable("%s on table '%s' got no reply: %s".formatted(action, table, message(e)), e);
    }

    /** Conflicting transactions or throttling lasted for longer than the backend retries. */
    static StoreUnavailable inTheWay(String table, @Nullable RuntimeException last) {
        return new StoreUnavailable(
                "conflicts or throttling on table '%s' did not end in time%s; nothing was written"
                        .formatted(table, last == null ? "" : " (" + message(last) + ")"),
                last);
    }

    static AppendOutcomeUnknown unknown(String table, @Nullable RuntimeException e) {
        return new AppendOutcomeUnknown(
                "the reply to a transaction on table '%s' was lost, and its outcome could not be determined"
                        .formatted(table),
                e);
    }

    static AppendOutcomeUnknown ended(String table, Error e) {
        return new AppendOutcomeUnknown("an append to table '%s' ended with %s".formatted(table, e), e);
    }

    /** The same failure, for another caller: each adds what it was about. */
    static RuntimeException copy(RuntimeException e) {
        if (e instanceof AppendOutcomeUnknown) {
            return new AppendOutcomeUnknown(message(e), e);
        }
        if (e instanceof StoreUnavailable) {
            return new StoreUnavailable(message(e), e);
        }
        return e instanceof StoreClosed ? new StoreClosed(e) : e;
    }

    /** The first line, without the ids of the request. */
    static String message(RuntimeException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnknownHostException) {
                return "no such host (%s): check region=, endpoint= and the network".formatted(cause.getMessage());
            }
        }
        @Nullable String message = e.getMessage();
        return message == null
                ? "no reason given"
                : message.lines().findFirst().orElse("").replaceFirst(" \\((Service: |SDK Attempt Count: ).*", "");
    }
}
