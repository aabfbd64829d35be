package io.headwater.esdb.server;

import java.util.List;
import java.util.Map;

/**
 * Who may do what with a stream: what its own metadata say, else what the stream {@code $settings} says of all such streams, else
 * the server's defaults. The caller holds the log's monitor.
 */
final class Rights {
    static final String ADMINS = "$admins";
    static final String ALL_USERS = "$all";

    enum Right {
        READ("$r"),
        WRITE("$w"),
        DELETE("$d"),
        READ_METADATA("$mr"),
        WRITE_METADATA("$mw");

        private final String member;

        Right(String member) {
            this.member = member;
        }
    }

    private static final String SETTINGS = "$settings";

    private final StreamIndex index;

    Rights(StreamIndex index) {
        this.index = index;
    }

    boolean may(User user, Right right, String stream) {
        if (user.has(ADMINS)) {
            return true;
        }
        boolean meta = Streams.isMeta(stream);
        String owner = meta ? Streams.originalOf(stream) : stream;
        return roles(owner, meta ? ofMetadata(right) : right).stream().anyMatch(user::has);
    }

    private static Right ofMetadata(Right right) {
        return right == Right.READ ? Right.READ_METADATA : Right.WRITE_METADATA;
    }

    private List<String> roles(String stream, Right right) {
        Object own = index.metadata(stream).acl().get(right.member);
        boolean system = Streams.isSystem(stream);
        Object given = own == null
                ? settings(system ? "$systemStreamAcl" : "$userStreamAcl").get(right.member)
                : own;
        if (given instanceof String role) {
            return List.of(role);
        }
        if (given instanceof List<?> roles) {
            return roles.stream().map(String::valueOf).toList();
        }
        return List.of(system ? ADMINS : ALL_USERS);
    }

    private Map<String, Object> settings(String acl) {
        long last = index.lastNumber(SETTINGS);
        StoredRecord record = index.readable(SETTINGS, last);
        if (record == null) {
            return Map.of();
        }
        try {
            Map<String, Object> members = Json.parseObjectAtStart(record.data().toStringUtf8());
            return Json.object(members.getOrDefault(acl, Map.of()));
        } catch (Json.NotJson e) {
            return Map.of();
        }
    }
}
