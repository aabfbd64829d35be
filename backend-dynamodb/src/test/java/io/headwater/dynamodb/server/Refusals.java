package io.headwater.dynamodb.server;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The errors that faults answer a call with. */
final class Refusals {
    private Refusals() {}

    static void before(Call call, Faults faults) {
        if (call.meets(Fault.ACCESS_DENIED)) {
            throw accessDenied(call);
        }
        if (call.meets(Fault.EXPIRED_CREDENTIALS)) {
            throw ServiceException.expiredToken();
        }
        if (call.meets(Fault.THROTTLED)) {
            throw ServiceException.throttled();
        }
        if (call.meets(Fault.THROUGHPUT_EXCEEDED)) {
            throw ServiceException.throughputExceeded();
        }
        if (call.meets(Fault.INTERNAL_ERROR) && faults.chance(0.5)) {
            throw internal();
        }
        if (call.meets(Fault.CONFLICT)) {
            throw conflict(call, faults.below(actions(call)));
        }
        if (call.meets(Fault.THROTTLED_ACTION)) {
            CancellationReason reason =
                    faults.chance(0.5) ? CancellationReason.throttled() : CancellationReason.throughputExceeded();
            throw canceled(call, faults.below(actions(call)), reason);
        }
    }

    static void after(Call call) {
        if (call.meets(Fault.INTERNAL_ERROR)) {
            throw internal();
        }
        if (call.meets(Fault.CONFLICT_AFTER)) {
            throw conflict(call, 0);
        }
    }

    private static ServiceException internal() {
        return ServiceException.internal("Internal server error");
    }

    private static ServiceException conflict(Call call, int action) {
        return call.isTransaction()
                ? canceled(call, action, CancellationReason.conflict())
                : ServiceException.conflict();
    }

    private static ServiceException canceled(Call call, int action, CancellationReason reason) {
        List<CancellationReason> reasons = new ArrayList<>(Collections.nCopies(actions(call), CancellationReason.NONE));
        reasons.set(action, reason);
        return ServiceException.canceled(reasons);
    }

    private static int actions(Call call) {
        List<Object> actions = call.isTransaction() ? call.request().list("TransactItems") : List.of();
        return actions == null || actions.isEmpty() ? 1 : actions.size();
    }

    /** "Troubleshooting Amazon DynamoDB identity and access" shows the message. */
    private static ServiceException accessDenied(Call call) {
        String table =
                call.request().has("TableName") ? String.valueOf(call.json().get("TableName")) : "*";
        String action = "dynamodb:" + call.operation();
        return ServiceException.accessDenied("User: arn:aws:iam::000000000000:user/" + call.accessKey()
                + " is not authorized to perform: " + action
                + " on resource: arn:aws:dynamodb:us-east-1:000000000000:table/"
                + table + " because no identity-based policy allows the " + action + " action");
    }
}
