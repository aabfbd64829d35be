package io.headwater.dynamodb.server;

import java.util.Map;
import java.util.Set;

/** One operation of the API, named as in the API Reference. */
interface Operation {
    /** The members that a request may have; others are refused. */
    Set<String> members();

    Map<String, Object> run(Request request, Call call);
}
