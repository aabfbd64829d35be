package io.headwater.dynamodb.server;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What the service offers and this server does not, by name. */
final class Refused {
    private static final String LEGACY = "a legacy parameter";

    private static final Map<String, String> MEMBERS = Map.ofEntries(
            Map.entry("AttributesToGet", LEGACY),
            Map.entry("AttributeUpdates", LEGACY),
            Map.entry("ConditionalOperator", LEGACY),
            Map.entry("Expected", LEGACY),
            Map.entry("KeyConditions", LEGACY),
            Map.entry("QueryFilter", LEGACY),
            Map.entry("ScanFilter", LEGACY),
            Map.entry("IndexName", "reads of secondary indexes"),
            Map.entry("StreamSpecification", "streams"),
            Map.entry("ResourcePolicy", "resource policies"),
            Map.entry("WarmThroughput", "warm throughput"),
            Map.entry("OnDemandThroughput", "maximum throughput"),
            Map.entry("GlobalTableSourceReplicationMode", "global tables"),
            Map.entry("GlobalTableSettingsReplicationMode", "global tables"));

    private static final Map<String, String> OPERATIONS = Map.ofEntries(
            Map.entry("ExecuteStatement", "PartiQL"),
            Map.entry("BatchExecuteStatement", "PartiQL"),
            Map.entry("ExecuteTransaction", "PartiQL"),
            Map.entry("UpdateTable", "changes of tables"),
            Map.entry("UpdateTimeToLive", "time to live"),
            Map.entry("DescribeTimeToLive", "time to live"),
            Map.entry("TagResource", "tags beyond creation"),
            Map.entry("UntagResource", "tags beyond creation"),
            Map.entry("ListTagsOfResource", "tags beyond creation"),
            Map.entry("DescribeStream", "streams"),
            Map.entry("GetRecords", "streams"),
            Map.entry("GetShardIterator", "streams"),
            Map.entry("ListStreams", "streams"));

    private Refused() {}

    static ServiceException operation(String name) {
        String what = OPERATIONS.get(name);
        return ServiceException.unknownOperation(
                what == null
                        ? "DynamoServer has no operation " + name
                        : "DynamoServer does not offer " + what + ": " + name);
    }

    static void check(Request request, Set<String> offered) {
        Set<String> unknown = new TreeSet<>(request.members().keySet());
        unknown.removeAll(offered);
        for (String name : unknown) {
            String what = MEMBERS.get(name);
            throw what == null
                    ? ServiceException.serialization("unknown member: " + name)
                    : ServiceException.notOffered(what + ": " + name);
        }
    }
}
