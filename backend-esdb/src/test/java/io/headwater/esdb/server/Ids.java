package io.headwater.esdb.server;

import io.kurrent.dbclient.proto.shared.Shared;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;

/** Ids as the protocol writes them. */
final class Ids {
    static final UUID NIL = new UUID(0, 0);

    private static final Pattern PLAIN = Pattern.compile("[0-9a-f]{32}");
    private static final Pattern DASHED = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Pattern ENCLOSED = Pattern.compile("\\{(.*)}|\\((.*)\\)");

    private Ids() {}

    static Shared.UUID structured(UUID id) {
        Shared.UUID.Structured structured = Shared.UUID
                .Structured
                .newBuilder()
                .setMostSignificantBits(id.getMostSignificantBits())
                .setLeastSignificantBits(id.getLeastSignificantBits())
                .build();
        return Shared.UUID.newBuilder().setStructured(structured).build();
    }

    static Shared.UUID text(UUID id) {
        return Shared.UUID.newBuilder().setString(id.toString()).build();
    }

    static UUID parse(boolean given, Shared.UUID id) {
        if (!given) {
            throw new BadArgument("Value cannot be null. (Parameter 'dto')");
        }
        return switch (id.getValueCase()) {
            case STRUCTURED ->
                new UUID(
                        id.getStructured().getMostSignificantBits(),
                        id.getStructured().getLeastSignificantBits());
            case STRING -> parse(id.getString().strip().toLowerCase(Locale.ROOT));
            default -> throw new BadArgument("Invalid argument: None (Parameter 'dto')");
        };
    }

    private static UUID parse(String text) {
        if (PLAIN.matcher(text).matches()) {
            return new UUID(
                    Long.parseUnsignedLong(text.substring(0, 16), 16), Long.parseUnsignedLong(text.substring(16), 16));
        }
        String bare = ENCLOSED.matcher(text).replaceFirst("$1$2");
        if (!DASHED.matcher(bare).matches()) {
            throw new BadArgument("Unrecognized Guid format.");
        }
        return UUID.fromString(bare);
    }
}
