package io.headwater.esdb.server;

/** What names and numbers of streams mean to the server. */
final class Streams {
    static final long NONE = -1;
    static final long DELETED = Long.MAX_VALUE;
    static final String ALL = "$all";

    private static final String META = "$$";

    private Streams() {}

    static boolean isMeta(String stream) {
        return stream.startsWith(META);
    }

    /** No stream of the server has such a name; the real one of the second ends its process. */
    static boolean isInvalid(String stream) {
        return stream.isEmpty() || stream.equals(META);
    }

    static String metaOf(String stream) {
        return META + stream;
    }

    static String originalOf(String metaStream) {
        return metaStream.substring(META.length());
    }

    static boolean isSystem(String stream) {
        return stream.startsWith("$");
    }
}
